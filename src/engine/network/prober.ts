import type { StoreContext } from '../../channels/channel.ts';
import type { StoreAccess, StoreRecord } from '../parts.ts';

/** An answer that takes longer is as good as none to somebody who waits for a word on the network. Milliseconds. */
const PROBE_MS = 5_000;
/** So many stores of a platform are asked when one can't be reached. */
const EACH = 2;

/** Asks stores for the newest page of their list, to learn whether anything answers. */
export interface Prober {
  /** Stores worth asking when one failed: a few of each platform, those that answered last first, and itself. */
  sample(failed: number | null, isDown: (storeId: number) => boolean): number[];
  /** One store of each platform, another one each time. */
  next(): number[];
  /** Remembers that this store was answered. */
  answered(storeId: number): void;
  /** Ends with the answer or without; how it ended is heard where every request is. Never rejects. */
  probe(storeId: number): Promise<void>;
}

export function createProber(stores: Pick<StoreAccess, 'list' | 'call'>): Prober {
  let count = 0;
  let turn = 0;
  const lastAnswer = new Map<number, number>();
  const byPlatform = (): StoreRecord[][] => [...Map.groupBy(stores.list(), (one) => one.platform).values()];

  return {
    sample: (failed, isDown) => {
      const rank = ({ id }: StoreRecord): number => (isDown(id) ? -1 : (lastAnswer.get(id) ?? 0));
      const others = byPlatform().flatMap((group) =>
        group
          .filter(({ id }) => id !== failed)
          .sort((a, b) => rank(b) - rank(a))
          .slice(0, EACH)
          .map(({ id }) => id),
      );
      // Whether it was a hiccup shows when it is asked again.
      return failed === null ? others : [...others, failed];
    },
    next: () => {
      turn += 1;
      return byPlatform().flatMap((group) => group[turn % group.length]?.id ?? []);
    },
    answered: (storeId) => {
      count += 1;
      lastAnswer.set(storeId, count);
    },
    probe: async (storeId) => {
      try {
        await stores.call(storeId, 'probe', (channel, context) =>
          channel.listConversations(hasty(context), null),
        );
      } catch {
        // Heard already.
      }
    },
  };
}

function hasty(context: StoreContext): StoreContext {
  const { http } = context;
  return {
    ...context,
    http: {
      download: (url, limits) => http.download(url, limits),
      request: (request) => http.request({ ...request, timeoutMs: PROBE_MS }),
    },
  };
}
