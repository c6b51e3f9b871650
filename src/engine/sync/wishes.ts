import { CodedError, toErrorShape } from '../../base/errors.ts';
import type { EngineParts } from '../parts.ts';
import type { ListReader } from './list-reader.ts';
import { createRetries } from './retries.ts';

/** Conversations read between two looks at the list. */
const READS_PER_ROUND = 10;

/** What is to be read of one store, whatever asked for it. */
export interface Wishes {
  /** A conversation (by the platform's id) that must be fetched anew. */
  look(remoteId: string): void;
  /** A conversation a person opened before it was first read: it goes first. */
  readSoon(conversationId: number): void;
  /** Reads some of what is wanted; answers how many conversations. Throws what stops the whole store. */
  work(): Promise<number>;
  /** Until something that failed is to be tried again; infinite when nothing is. In milliseconds. */
  waitMs(): number;
}

type Parts = Pick<EngineParts, 'clock' | 'random' | 'log'>;

interface Needs {
  readonly storeId: number;
  readonly list: ListReader;
  readonly read: (conversationId: number) => Promise<void>;
  readonly signal: AbortSignal;
}

export function createWishes({ clock, random, log }: Parts, { storeId, list, read, signal }: Needs): Wishes {
  const looks = new Set<string>();
  const soon = new Set<number>();
  const retries = createRetries(clock, random);

  /**
   * One conversation that can't be read must not stop the store; nor one the platform has no answer for, which may be
   * its own trouble: its turn comes again after the others'.
   */
  const guarded = async (key: number | string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      retries.clear(key);
    } catch (error) {
      if (signal.aborted) throw error;
      if (isUnanswered(error) || !stopsStore(error)) retries.fail(key);
      if (stopsStore(error)) throw error;
      log.warn('unreadable-conversation', { storeId, conversation: key, error: toErrorShape(error) });
    }
  };

  const lookAt = (remoteId: string): Promise<void> =>
    guarded(remoteId, async () => {
      try {
        await list.look(remoteId);
      } catch (error) {
        if (!(error instanceof CodedError) || error.code !== 'not-found') throw error;
        log.warn('unknown-conversation', { storeId, conversation: remoteId });
      }
      looks.delete(remoteId);
    });

  return {
    look: (remoteId) => void looks.add(remoteId),
    readSoon: (conversationId) => void soon.add(conversationId),
    waitMs: () => retries.waitMs(),
    work: async () => {
      for (const remoteId of [...looks].filter((id) => retries.isDue(id))) await lookAt(remoteId);
      const first = [...soon];
      soon.clear();
      const behind = list.behind(READS_PER_ROUND + retries.size()).filter((id) => retries.isDue(id));
      const reads = [...new Set([...first, ...behind])].slice(0, READS_PER_ROUND + first.length);
      for (const conversationId of reads) await guarded(conversationId, () => read(conversationId));
      return reads.length;
    },
  };
}

function isUnanswered(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'unreachable';
}

function stopsStore(error: unknown): boolean {
  return error instanceof CodedError && ['unreachable', 'rate-limited', 'auth-expired'].includes(error.code);
}
