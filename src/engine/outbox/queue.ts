import { CodedError, toErrorShape, type ErrorShape } from '../../base/errors.ts';
import { withGrace } from '../conversations/grace.ts';
import type { Ledger } from '../conversations/ledger.ts';
import { waitUntil } from '../due.ts';
import type { EngineParts } from '../parts.ts';
import type { SettingsReader } from '../settings/settings.ts';
import type { ReadBack } from '../sync/read-back.ts';
import { createAttempt, NOTHING, type TurnResult } from './attempt.ts';
import { createCheckRecords, type CheckRecords } from './check-records.ts';
import { createChecks, type Checks } from './checks.ts';
import { createLate, createLateRecords } from './late.ts';
import { createPauses } from './pauses.ts';
import type { JobRow } from './queries.ts';
import { createOutboxRecords, type OutboxRecords, type RecordNeeds } from './records.ts';
import { createUpload } from './upload.ts';
import { LONGEST_REPEAT_MS } from './verdict.ts';

/** Sends at once, over all stores. */
const MAX_IN_FLIGHT = 64;
const BROKEN_PAUSE_MS = 10_000;

/** Works the outbox off: one message at a time in a conversation, conversations side by side. */
export interface Queue {
  /** Looks whether this conversation has something to do now. */
  kick(conversationId: number): void;
  start(): void;
  /** Waits a moment for answers; what is open after it is looked for at the next start. */
  stop(): Promise<void>;
}

export type QueueParts = Pick<EngineParts, 'clock' | 'random' | 'log' | 'stores' | 'gate' | 'dataDir'>;

export interface QueueNeeds extends RecordNeeds {
  readonly ledger: Ledger;
  readonly settings: SettingsReader;
  readonly readBack: ReadBack;
}

/** Who hears of what came of messages, after it was written down. */
export interface QueueListener {
  sent(job: JobRow): void;
  failed(job: JobRow, error: ErrorShape): void;
}

type State = 'running' | 'stopping' | 'closed';

/** What is done at a message's turn, by its state. */
interface Turns {
  readonly checks: Checks;
  take(job: JobRow): Promise<TurnResult>;
}

export function createQueue(parts: QueueParts, needs: QueueNeeds, listener: QueueListener): Queue {
  const { clock, gate } = parts;
  const log = parts.log.scope('outbox');
  const records = createOutboxRecords(needs);
  const checkRecords = createCheckRecords(needs);
  const running = new Map<number, Promise<void>>();
  const waiting = new Set<number>();
  const timers = new Map<number, { readonly of: string; readonly cancel: () => void }>();
  const pauses = createPauses(clock, wake);
  let state: State = 'running';
  const turns = createTurns({ ...parts, log }, { ...needs, records, checkRecords }, () => state, wake);
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
    kick(job.conversation_id);
    // Of those that wait some may have nothing to send by now, or not yet: the place is for the first that has.
    for (const next of waiting) {
      if (running.size >= MAX_IN_FLIGHT) return;
      waiting.delete(next);
      kick(next);
    }
  };

  const later = (job: JobRow, waitMs: number): void => {
    const { conversation_id: conversationId } = job;
    const cancel = clock.after(waitMs, () => {
      timers.delete(conversationId);
      // Waited for in full, whatever the clock says: it may have been set back meanwhile.
      kick(conversationId, true);
    });
    timers.set(conversationId, { of: planOf(job), cancel });
  };

  /** The job this conversation has something to do for. */
  const due = (conversationId: number): JobRow | null => {
    const job = records.next(conversationId);
    if (job?.state === 'checking') return checks.isDue(job) ? job : null;
    checks.forget(conversationId);
    // A failed, held or unconfirmed message holds those behind it: to send them first would change their order.
    return job?.state === 'queued' || job?.state === 'sending' ? job : null;
  };

  const kick = (conversationId: number, isDue = false): void => {
    if (state !== 'running' || running.has(conversationId)) return;
    const job = due(conversationId);
    const timer = timers.get(conversationId);
    if (job !== null && timer?.of === planOf(job)) return;
    timer?.cancel();
    timers.delete(conversationId);
    if (job === null) return;
    if (gate.closedFor(job.store_id) !== null) {
      if (job.state === 'queued' && job.delayed === 0) records.delay(job);
      return;
    }
    if (pauses.holds(job.store_id, conversationId)) return;
    const waitMs = isDue || job.state !== 'queued' ? 0 : ownWaitMs(job, clock.now());
    if (waitMs > 0) later(job, waitMs);
    else if (running.size >= MAX_IN_FLIGHT) waiting.add(conversationId);
    else running.set(conversationId, work(job));
  };
  function wake(conversationId: number): void {
    kick(conversationId);
  }
  const kickAll = (): void => {
    for (const conversationId of records.conversations()) kick(conversationId);
  };
  gate.onChange(() => {
    checks.hurry();
    kickAll();
  });

  return {
    kick: wake,
    start: () => {
      checkRecords.recover();
      kickAll();
    },
    stop: async () => {
      state = 'stopping';
      for (const { cancel } of timers.values()) cancel();
      pauses.stop();
      checks.stop();
      await withGrace(clock, Promise.all(running.values()));
      state = 'closed';
    },
  };
}

/** A clock set back since it was planned would keep it for as long as that. */
function ownWaitMs(job: JobRow, now: number): number {
  return Math.min(LONGEST_REPEAT_MS, waitUntil(job.next_at, now));
}

/** What a timer waits for: a message written anew or let go by a person has another plan. */
function planOf({ message_id: messageId, next_at: nextAt, state }: JobRow): string {
  return `${state} ${messageId} ${nextAt}`;
}

type TurnNeeds = QueueNeeds & { readonly records: OutboxRecords; readonly checkRecords: CheckRecords };

function createTurns(
  parts: QueueParts,
  needs: TurnNeeds,
  state: () => State,
  wake: (conversationId: number) => void,
): Turns {
  const { records, checkRecords, settings, readBack } = needs;
  const isClosed = (): boolean => state() === 'closed';
  const isEnding = (): boolean => state() !== 'running';
  const checkOpen = (): void => {
    if (isEnding()) throw new CodedError('closed', 'The engine is ending');
  };
  const limit = (): number => settings.read().sendAttempts;
  const open = { readBack, checkOpen, isClosed, isEnding, limit };
  const upload = createUpload({ ...parts, db: needs.db }, records, isClosed);
  const attempt = createAttempt(parts, { ...needs, ...open, upload });
  const checks = createChecks(parts, { ...open, records: checkRecords, wake });
  const late = createLate({
    ...open,
    attempt,
    records: createLateRecords(needs),
    now: () => parts.clock.now(),
    staleMs: () => settings.read().staleMinutes * 60_000,
  });
  return {
    checks,
    take: (job) => {
      if (job.state === 'checking') return checks.run(job);
      if (job.state === 'queued') return job.delayed === 1 ? late(job) : attempt.run(job);
      // Nobody is sending it: what came of it could not be written down.
      checkRecords.interrupted(job);
      return Promise.resolve(NOTHING);
    },
  };
}
