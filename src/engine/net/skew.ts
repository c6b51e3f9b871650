/** The `Date` header counts whole seconds, and the way there and back takes its time: less is no skew, milliseconds. */
const NOISE_MS = 3_000;
/** A slower answer says too little about when it was written, in milliseconds. */
const MAX_ROUND_TRIP_MS = 5_000;

/** How far each server's clock is from ours. Platforms refuse requests whose timestamp is minutes off. */
export interface SkewMeter {
  /** Learns from an answer: when it was asked and answered here, and its `date` header. */
  learn(url: string, askedAt: number, answeredAt: number, date: string | undefined): void;
  /** Our clock was set, or may have been: nothing is known until the next answer. */
  forget(): void;
  /** Server time minus ours, in milliseconds; 0 until it is known to differ. */
  of(url: string): number;
}

/** Makes a meter; it remembers nothing across starts. */
export function createSkewMeter(): SkewMeter {
  const byHost = new Map<string, number>();
  return {
    learn: (url, askedAt, answeredAt, date) => {
      const server = date === undefined ? Number.NaN : Date.parse(date);
      const tripMs = answeredAt - askedAt;
      // Below nothing: our own clock was set in between.
      if (Number.isNaN(server) || tripMs < 0 || tripMs > MAX_ROUND_TRIP_MS) return;
      const skew = Math.round(server + 500 - (askedAt + answeredAt) / 2);
      byHost.set(hostOf(url), Math.abs(skew) < NOISE_MS ? 0 : skew);
    },
    forget: () => byHost.clear(),
    of: (url) => byHost.get(hostOf(url)) ?? 0,
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
