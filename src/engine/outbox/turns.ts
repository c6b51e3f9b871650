import { CodedError } from '../../base/errors.ts';
import type { EngineParts } from '../parts.ts';
import type { SettingsReader } from '../settings/settings.ts';
import type { ReadBack } from '../sync/read-back.ts';
import { createAttempt, NOTHING, type TurnResult } from './attempt.ts';
import { createCheckRecords } from './check-records.ts';
import { createChecks, type Checks } from './checks.ts';
import { createLate, createLateRecords } from './late.ts';
import type { JobRow } from './queries.ts';
import type { OutboxRecords, RecordNeeds } from './records.ts';
import { createUpload } from './upload.ts';

/** `stopping`: nothing new is begun; `closed`: nothing is written any more. */
export type QueueState = 'running' | 'stopping' | 'closed';

/** What is done at a message's turn, by its state. */
export interface Turns {
  readonly checks: Checks;
  take(job: JobRow): Promise<TurnResult>;
  /** At the start: what was on its way may have arrived, what goes from then on goes late. */
  recover(): void;
}

export type TurnsParts = Pick<EngineParts, 'clock' | 'random' | 'log' | 'stores' | 'dataDir' | 'feed'>;

export interface TurnsNeeds extends RecordNeeds {
  readonly settings: SettingsReader;
  readonly readBack: ReadBack;
  readonly records: OutboxRecords;
  readonly state: () => QueueState;
  /** Looks at a conversation again. */
  readonly wake: (conversationId: number) => void;
}

export function createTurns(parts: TurnsParts, needs: TurnsNeeds): Turns {
  const { records, settings, readBack, state } = needs;
  const checkRecords = createCheckRecords(needs);
  const isClosed = (): boolean => state() === 'closed';
  const isEnding = (): boolean => state() !== 'running';
  const checkOpen = (): void => {
    if (isEnding()) throw new CodedError('closed', 'The engine is ending');
  };
  const limit = (): number => settings.read().sendAttempts;
  const open = { readBack, checkOpen, isClosed, isEnding, limit };
  const upload = createUpload({ ...parts, db: needs.db }, records, isClosed);
  const attempt = createAttempt(parts, { ...needs, ...open, upload });
  const checks = createChecks(parts, { ...open, records: checkRecords, wake: needs.wake });
  const staleMs = (): number => settings.read().staleMinutes * 60_000;
  /** Whatever it waited for: its store's pause, or another message. */
  const isLate = ({ delayed, waiting_since: since }: JobRow): boolean =>
    delayed === 1 || parts.clock.now() - since > staleMs();
  const late = createLate({
    ...open,
    attempt,
    records: createLateRecords(needs),
    log: parts.log,
    now: () => parts.clock.now(),
    staleMs,
  });
  return {
    checks,
    recover: checkRecords.recover,
    take: async (job) => {
      if (job.state === 'checking') return await checks.run(job);
      if (job.state === 'queued') return await (isLate(job) ? late(job) : attempt.run(job));
      // Nobody is sending it: what came of it could not be written down.
      checkRecords.interrupted(job);
      return NOTHING;
    },
  };
}
