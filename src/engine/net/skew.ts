/** The `Date` header counts whole seconds, and the way there and back takes its time: less is no skew, milliseconds. */
const NOISE_MS = 3_000;
/** A slower answer says too little about when it was written, in milliseconds. */
const MAX_ROUND_TRIP_MS = 5_000;

/** How far each server's clock is from ours. Platforms refuse requests whose timestamp is minutes off. */
export interface SkewMeter {
  /** Learns from an answer: when it was asked and answered, by `elapsed`, and its `date` header. */
  learn(url: string, askedAt: number, answeredAt: number, date: string | undefined): void;
  /** Server time minus ours, in milliseconds; 0 until it is known to differ. */
  of(url: string): number;
  /** What the servers in the middle say, so that no single one moves it; 0 until any has answered. */
  ofMost(): number;
}

export interface SkewClocks {
  /** Our wall clock, UTC milliseconds. It may be set at any time. */
  readonly now: () => number;
  /** Milliseconds that only ever grow, also while the machine sleeps, whatever the wall clock is set to. */
  readonly elapsed: () => number;
}

/** Makes a meter; it remembers nothing across starts. Once a server's time is known, setting our clock changes nothing. */
export function createSkewMeter({ now, elapsed }: SkewClocks): SkewMeter {
  /** Server time when `elapsed` was 0. */
  const byHost = new Map<string, number>();
  const ahead = (began: number | undefined): number => {
    const skew = began === undefined ? 0 : Math.round(began + elapsed() - now());
    return Math.abs(skew) < NOISE_MS ? 0 : skew;
  };
  return {
    learn: (url, askedAt, answeredAt, date) => {
      const server = date === undefined ? Number.NaN : Date.parse(date);
      if (Number.isNaN(server) || answeredAt - askedAt > MAX_ROUND_TRIP_MS) return;
      byHost.set(hostOf(url), server + 500 - (askedAt + answeredAt) / 2);
    },
    of: (url) => ahead(byHost.get(hostOf(url))),
    ofMost: () => {
      const all = [...byHost.values()].sort((a, b) => a - b);
      return ahead(all[Math.floor(all.length / 2)]);
    },
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
