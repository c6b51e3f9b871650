import { toErrorShape } from '../../base/errors.ts';
import { CodedError } from '../../base/errors.ts';
import type { SendReceipt } from '../../channels/channel.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { EngineParts } from '../parts.ts';
import type { JobRow } from './queries.ts';
import type { OutboxRecords } from './records.ts';
import { verdictOf } from './verdict.ts';

/** Sends at once, over all stores. */
const MAX_IN_FLIGHT = 64;
/** How long an end of the engine waits for answers; what is open then is unconfirmed at the next start. */
const STOP_GRACE_MS = 3_000;

/** Works the outbox off: one message at a time in a conversation, conversations side by side. */
export interface Queue {
  /** Looks whether this conversation has something to send now. */
  kick(conversationId: number): void;
  start(): void;
  stop(): Promise<void>;
}

/** A queued message was discarded or taken back before its turn. */
class Withdrawn extends Error {}

type Parts = Pick<EngineParts, 'clock' | 'random' | 'log' | 'stores'>;

/** `onSent` hears of every message the platform took. */
export function createQueue(
  parts: Parts,
  records: OutboxRecords,
  ledger: Ledger,
  onSent: (conversationId: number) => void,
): Queue {
  const { clock, stores } = parts;
  const log = parts.log.scope('outbox');
  const running = new Map<number, Promise<void>>();
  const waiting = new Set<number>();
  const timers = new Map<number, () => void>();
  /** Stores that asked us to slow down, and until when. */
  const pauses = new Map<number, number>();
  let state: 'running' | 'stopping' | 'stopped' = 'running';

  const attempt = async (job: JobRow): Promise<void> => {
    let wasWritten = false;
    try {
      const { receipt, at } = await stores.call(job.store_id, async (channel, context) => {
        const record = ledger.get(job.conversation_id);
        if (!records.begin(job, context.now())) throw new Withdrawn();
        wasWritten = true;
        const target = { remoteId: record.remote_id, buyerId: record.buyer_remote_id };
        try {
          const receipt: SendReceipt = await channel.send(context, target, {
            kind: 'text',
            text: job.text ?? '',
          });
          return { receipt, at: context.now() };
        } catch (error) {
          if (error instanceof CodedError && error.code === 'auth-expired' && state !== 'stopped') {
            records.unbegin(job, clock.now());
            wasWritten = false;
          }
          throw error;
        }
      });
      if (state === 'stopped') return;
      records.accepted(job, receipt, at);
      onSent(job.conversation_id);
    } catch (thrown) {
      if (thrown instanceof Withdrawn || state === 'stopped') return;
      end(job, thrown, wasWritten);
    }
  };

  const end = (job: JobRow, thrown: unknown, wasWritten: boolean): void => {
    const error = toErrorShape(thrown);
    const verdict = verdictOf(error, wasWritten, job.attempts + 1, parts.random);
    const outcome = records.ended(job, verdict, error, clock.now());
    if (error.code === 'rate-limited' && verdict.kind === 'retry') {
      pauses.set(job.store_id, clock.now() + verdict.waitMs);
    }
    log.warn('send-ended', { storeId: job.store_id, messageId: job.message_id, error, outcome });
    if (outcome === 'sent') onSent(job.conversation_id);
  };

  const run = (job: JobRow): void => {
    const { conversation_id: conversationId } = job;
    const done = attempt(job)
      .catch((error: unknown) =>
        log.error('outbox', { messageId: job.message_id, error: toErrorShape(error) }),
      )
      .then(() => {
        running.delete(conversationId);
        const next = waiting.values().next();
        if (next.done !== true) waiting.delete(next.value);
        kick(conversationId);
        if (next.done !== true) kick(next.value);
      });
    running.set(conversationId, done);
  };

  const kick = (conversationId: number): void => {
    if (state !== 'running' || running.has(conversationId)) return;
    timers.get(conversationId)?.();
    timers.delete(conversationId);
    const job = records.head(conversationId);
    // A failed or unconfirmed message holds those behind it: to send them first would change their order.
    if (job?.state !== 'queued') return;
    const waitMs = Math.max(job.next_at, pauses.get(job.store_id) ?? 0) - clock.now();
    if (waitMs > 0) {
      const cancel = clock.after(waitMs, () => {
        timers.delete(conversationId);
        kick(conversationId);
      });
      timers.set(conversationId, cancel);
    } else if (running.size >= MAX_IN_FLIGHT) waiting.add(conversationId);
    else run(job);
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
      let endGrace = (): void => {};
      const grace = new Promise<void>((resolve) => {
        const cancel = clock.after(STOP_GRACE_MS, resolve);
        endGrace = () => {
          cancel();
          resolve();
        };
      });
      await Promise.race([Promise.all(running.values()), grace]);
      endGrace();
      state = 'stopped';
    },
  };
}
