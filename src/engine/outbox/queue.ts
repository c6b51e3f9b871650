import { toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import { withGrace } from '../conversations/grace.ts';
import type { EngineParts, Log } from '../parts.ts';
import { createPauses } from './pauses.ts';
import { createPlaces } from './places.ts';
import { createPlans } from './plans.ts';
import type { JobRow } from './queries.ts';
import { createOutboxRecords, type OutboxRecords } from './records.ts';
import type { Checks } from './checks.ts';
import { createTurns, type QueueState, type TurnsNeeds, type TurnsParts } from './turns.ts';

/**
 * Messages of one store at work at once: as many as its exit has connections, so that none says "sending" while it
 * waits for one. A store whose platform is slow, or allows few calls, takes no place from the others.
 */
const AT_ONCE_OF_STORE = 4;
const BROKEN_PAUSE_MS = 10_000;

/** Works the outbox off: one message at a time in a conversation, conversations side by side. */
export interface Queue {
  /** Looks whether this conversation has something to do now. */
  kick(conversationId: number): void;
  /** Why a message that may have arrived could not be looked for when that was last tried; null: it could. */
  readErrorOf(conversationId: number, messageId: number): ErrorShape | null;
  start(): void;
  /** Waits a moment for answers; what is open after it is looked for at the next start. */
  stop(): Promise<void>;
}

export type QueueNeeds = Omit<TurnsNeeds, 'records' | 'state' | 'wake'>;

/** Who hears of what came of messages, after it was written down. */
export interface QueueListener {
  sent(job: JobRow): void;
  failed(job: JobRow, error: ErrorShape): void;
}

export function createQueue(
  parts: TurnsParts & Pick<EngineParts, 'gate'>,
  needs: QueueNeeds,
  listener: QueueListener,
): Queue {
  const { clock, gate } = parts;
  const log = parts.log.scope('outbox');
  const records = createOutboxRecords(needs);
  const running = new Map<number, Promise<void>>();
  const places = createPlaces(AT_ONCE_OF_STORE);
  /** Conversations whose store can't be reached. */
  const shut = new Set<number>();
  const pauses = createPauses(clock, (conversationId) => kick(conversationId));
  const plans = createPlans(clock, (conversationId) => kick(conversationId, true));
  let state: QueueState = 'running';
  const guarded = createGuarded(clock, log, () => state === 'running');
  const turns = createTurns({ ...parts, log }, { ...needs, records, state: () => state, wake: kick });
  const { checks } = turns;

  const work = async (job: JobRow): Promise<void> => {
    try {
      const { outcome, pauseMs, error } = await turns.take(job);
      if (pauseMs > 0) pauses.add(job.store_id, pauseMs);
      if (outcome === 'sent') listener.sent(job);
      if (outcome === 'failed' && error !== null) listener.failed(job, error);
    } catch (error) {
      // What came of it could not be written down (a full disk): nothing goes out until that works again.
      log.error('outbox', { messageId: job.message_id, error: toErrorShape(error) });
      pauses.add(job.store_id, BROKEN_PAUSE_MS);
    }
    running.delete(job.conversation_id);
    places.leave(job.store_id, kick);
    kick(job.conversation_id);
  };

  const isShut = (job: JobRow): boolean => {
    if (gate.closedFor(job.store_id) === null) return false;
    shut.add(job.conversation_id);
    plans.drop(job.conversation_id);
    if (job.state === 'queued' && job.delayed === 0) records.delay(job);
    return true;
  };

  const look = (conversationId: number, isDue: boolean): void => {
    if (state !== 'running' || running.has(conversationId)) return;
    const job = dueJob(records, checks, conversationId);
    if (job === null) plans.drop(conversationId);
    if (job === null || isShut(job) || pauses.holds(job.store_id, conversationId)) return;
    if (!isDue && plans.holds(job)) return;
    if (places.take(job.store_id, conversationId)) running.set(conversationId, work(job));
  };
  /** `isDue`: its own time has come. */
  function kick(conversationId: number, isDue = false): void {
    guarded(() => look(conversationId, isDue));
  }
  const kickAll = (): void => {
    for (const conversationId of records.conversations()) kick(conversationId);
  };
  gate.onChange(() => {
    checks.hurry();
    const before = [...shut];
    shut.clear();
    // Whatever they waited for, what they need is there again.
    for (const conversationId of before) kick(conversationId, true);
    kickAll();
  });

  return {
    kick: (conversationId) => kick(conversationId),
    readErrorOf: checks.readErrorOf,
    start: () =>
      guarded(() => {
        turns.recover();
        kickAll();
      }),
    stop: async () => {
      state = 'stopping';
      for (const { stop } of [plans, pauses, checks]) stop();
      await withGrace(clock, Promise.all(running.values()));
      state = 'closed';
    },
  };
}

/** Whoever asks has written what he asks about: a disk that is full now must not fail him, and is tried again later. */
function createGuarded(clock: Clock, log: Log, isRunning: () => boolean) {
  const guarded = (task: () => void): void => {
    try {
      task();
    } catch (error) {
      log.error('outbox', { error: toErrorShape(error) });
      clock.after(BROKEN_PAUSE_MS, () => {
        if (isRunning()) guarded(task);
      });
    }
  };
  return guarded;
}

/** The job a conversation has something to do for. */
function dueJob(records: OutboxRecords, checks: Checks, conversationId: number): JobRow | null {
  const job = records.next(conversationId);
  if (job?.state === 'checking') return checks.isDue(job) ? job : null;
  checks.forget(conversationId);
  // A failed, held or unconfirmed message holds those behind it: to send them first would change their order.
  return job?.state === 'queued' || job?.state === 'sending' ? job : null;
}
