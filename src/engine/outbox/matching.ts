import type { Db } from '../db/database.ts';
import { prepareOwnMessages, type CandidateRow } from '../messages/queries.ts';
import { likeness } from '../messages/same-content.ts';
import type { Depth } from '../sync/read-back.ts';
import { FUTURE_MS, type JobRow } from './queries.ts';

/** Clocks differ a little, and platforms count in whole seconds: an attempt may seem to be answered so much before it. */
const EARLY_MS = 60_000;

/**
 * Where looking for a message begins. Both times are the platform's, UTC milliseconds, and either may be wrong: ours of
 * the attempt where the computer's clock was, the other where a message bears a time that is ahead.
 */
interface Anchor {
  /** What was learned before this is none of ours. */
  readonly afterId: number;
  /** Of the newest message known then; 0: nothing was known of the conversation. */
  readonly knownAt: number;
  readonly begunAt: number;
}

/** What the messages of the platform say of one that may have arrived. */
export type Sight =
  | { readonly kind: 'arrived'; readonly as: CandidateRow }
  /** Something is there that may be it, and may not. */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'absent' };

/** One that was recovered may have been tried at any time since it was written, by a Counterdesk whose data is gone. */
function anchorOf(job: JobRow): Anchor {
  const { created_at: writtenAt } = job;
  return job.recovered === 1
    ? { afterId: job.written_after_id, knownAt: job.written_after_at, begunAt: writtenAt }
    : {
        afterId: job.attempt_after_id,
        knownAt: job.attempt_after_at,
        begunAt: job.attempt_started_at ?? writtenAt,
      };
}

/** It can't be older than this, as long as one of the two times is right. */
function earliestAt({ knownAt, begunAt }: Anchor): number {
  return Math.min(knownAt, begunAt) - EARLY_MS;
}

/** How far back the conversation is read for it. */
export function depthOf(job: JobRow): Depth {
  const anchor = anchorOf(job);
  return { downToAt: earliestAt(anchor), knownAt: anchor.knownAt };
}

/** Looks for own messages among what is stored of the platform's. */
export interface Matching {
  /**
   * Judges by what was learned after the anchor, the oldest first. Equal content from before the attempt, or from before
   * what was known then, is no proof: it may be a colleague's, or a clock was wrong. Nor is it under another name than
   * the shop's.
   */
  judge(job: JobRow): Sight;
  /** The platform's copy where a person says that there is one; undefined: none can be seen. */
  copyOf(job: JobRow): CandidateRow | undefined;
}

export function createMatching(db: Db): Matching {
  const { candidates } = prepareOwnMessages(db);
  const learned = (job: JobRow, fromAt: number): CandidateRow[] =>
    candidates.all(job.conversation_id, anchorOf(job).afterId, fromAt);
  const isSame = (job: JobRow, candidate: CandidateRow): boolean =>
    candidate.author === 'elsewhere' && likeness(job, candidate) === 'same';

  return {
    judge: (job) => {
      const anchor = anchorOf(job);
      const surelyAt = Math.max(anchor.knownAt, anchor.begunAt) - EARLY_MS;
      let isUnclear = false;
      for (const candidate of learned(job, earliestAt(anchor) - FUTURE_MS)) {
        if (isSame(job, candidate) && candidate.at >= surelyAt) return { kind: 'arrived', as: candidate };
        const alike = likeness(job, candidate);
        isUnclear ||= alike === 'same' || candidate.kind === 'unreadable';
        isUnclear ||= alike === 'unclear' && candidate.author === 'elsewhere';
      }
      return { kind: isUnclear ? 'unclear' : 'absent' };
    },
    copyOf: (job) => learned(job, earliestAt(anchorOf(job))).find((candidate) => isSame(job, candidate)),
  };
}
