import { toErrorShape } from '../../base/errors.ts';
import { withGrace } from '../conversations/grace.ts';
import type { Ledger } from '../conversations/ledger.ts';
import { waitUntil } from '../due.ts';
import type { EngineParts } from '../parts.ts';
import { createAttempt } from './attempt.ts';
import type { JobRow } from './queries.ts';
import type { OutboxRecords } from './records.ts';

/** Sends at once, over all stores. */
const MAX_IN_FLIGHT = 64;
const BROKEN_PAUSE_MS = 10_000;
/** Timers can't count further than 2^31 milliseconds. */
const LONGEST_TIMER_MS = 3_600_000;

/** Works the outbox off: one message at a time in a conversation, conversations side by side. */
export interface Queue {
  /** Looks whether this conversation has something to send now. */
  kick(conversationId: number): void;
  start(): void;
  /** Waits a moment for answers; what is open after it is unconfirmed at the next start. */
  stop(): Promise<void>;
}

type Parts = Pick<EngineParts, 'clock' | 'random' | 'log' | 'stores'>;

/** `onSent` hears of every message the platform took. */
export function createQueue(
  parts: Parts,
  records: OutboxRecords,
  ledger: Ledger,
  onSent: (conversationId: number) => void,
): Queue {
  const { clock } = parts;
  const log = parts.log.scope('outbox');
  const running = new Map<number, Promise<void>>();
  const waiting = new Set<number>();
  const timers = new Map<number, () => void>();
  /** Stores that asked us to slow down, and until when. */
  const pauses = new Map<number, number>();
  let state: 'running' | 'stopping' | 'closed' = 'running';
  const attempt = createAttempt({ ...parts, log }, records, ledger, () => state === 'closed');

  const work = async (job: JobRow): Promise<void> => {
    try {
      const { wasSent, pauseMs } = await attempt(job);
      if (pauseMs > 0) pauses.set(job.store_id, clock.now() + pauseMs);
      if (wasSent) onSent(job.conversation_id);
    } catch (error) {
      // What came of it could not be written down (a full disk): nothing goes out until that works again.
      log.error('outbox', { messageId: job.message_id, error: toErrorShape(error) });
      pauses.set(job.store_id, clock.now() + BROKEN_PAUSE_MS);
    }
    running.delete(job.conversation_id);
    kick(job.conversation_id);
    // Of those that wait some may have nothing to send by now, or not yet: the place is for the first that has.
    for (const next of waiting) {
      if (running.size >= MAX_IN_FLIGHT) return;
      waiting.delete(next);
      kick(next);
    }
  };

  const later = (conversationId: number, waitMs: number): void => {
    const cancel = clock.after(Math.min(waitMs, LONGEST_TIMER_MS), () => {
      timers.delete(conversationId);
      // Waited for in full, whatever the clock says: it may have been set back meanwhile.
      kick(conversationId, waitMs <= LONGEST_TIMER_MS);
    });
    timers.set(conversationId, cancel);
  };

  const kick = (conversationId: number, isDue = false): void => {
    if (state !== 'running' || running.has(conversationId)) return;
    timers.get(conversationId)?.();
    timers.delete(conversationId);
    const job = records.head(conversationId);
    // A failed or unconfirmed message holds those behind it: to send them first would change their order.
    if (job?.state !== 'queued') return;
    const now = clock.now();
    const ownWaitMs = isDue ? 0 : waitUntil(job.next_at, now);
    const waitMs = Math.max(ownWaitMs, waitUntil(pauses.get(job.store_id) ?? 0, now));
    if (waitMs > 0) later(conversationId, waitMs);
    else if (running.size >= MAX_IN_FLIGHT) waiting.add(conversationId);
    else running.set(conversationId, work(job));
  };

  return {
    kick,
    start: () => {
      records.recover();
      for (const conversationId of records.conversations()) kick(conversationId);
    },
    stop: async () => {
      state = 'stopping';
      for (const cancel of timers.values()) cancel();
      await withGrace(clock, Promise.all(running.values()));
      state = 'closed';
    },
  };
}
