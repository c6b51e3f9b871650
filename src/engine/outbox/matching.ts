import type { Db } from '../db/database.ts';
import { prepareOwnMessages, type CandidateRow } from '../messages/queries.ts';
import { likeness } from '../messages/same-content.ts';
import type { Depth } from '../sync/read-back.ts';
import type { JobRow } from './queries.ts';

/** Clocks differ a little, and platforms count in whole seconds: an attempt may seem to be answered so much before it. */
const EARLY_MS = 60_000;

/** What was learned before this, and what is older, is none of ours. */
interface Anchor {
  readonly afterId: number;
  /** Platform time, UTC milliseconds; below 0: nothing was known of the conversation. */
  readonly afterAt: number;
}

/** What the messages of the platform say of one that may have arrived. */
export type Sight =
  | { readonly kind: 'arrived'; readonly as: CandidateRow }
  /** Something is there that may be it, and may not. */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'absent' };

/**
 * Where looking for a message begins. One that was recovered may have been tried at any time since it was written, by a
 * Counterdesk whose data is gone.
 */
function anchorOf(job: JobRow): Anchor {
  const [afterId, newestAt] =
    job.recovered === 1
      ? [job.written_after_id, job.written_after_at]
      : [job.attempt_after_id, job.attempt_after_at];
  return { afterId, afterAt: newestAt - EARLY_MS };
}

/** How far back the conversation is read for it. */
export function depthOf(job: JobRow): Depth {
  const { afterAt } = anchorOf(job);
  return { downToAt: afterAt, knownAt: afterAt + EARLY_MS };
}

/** Looks for own messages among what is stored of the platform's. */
export interface Matching {
  /**
   * Judges by what was learned after the anchor, the oldest first. Equal content earlier than the attempt is no proof:
   * it may be a colleague's, or the computer's clock was wrong when the attempt began. Nor is it under another name than
   * the shop's.
   */
  judge(job: JobRow): Sight;
  /** The platform's copy where a person says that there is one; undefined: none can be seen. */
  copyOf(job: JobRow): CandidateRow | undefined;
}

export function createMatching(db: Db): Matching {
  const { candidates } = prepareOwnMessages(db);
  const isOurs = (job: JobRow, candidate: CandidateRow): boolean =>
    candidate.author === 'elsewhere' && candidate.at >= anchorOf(job).afterAt;
  const learned = (job: JobRow): CandidateRow[] => candidates.all(job.conversation_id, anchorOf(job).afterId);

  return {
    judge: (job) => {
      const begunAt = job.recovered === 1 ? job.created_at : (job.attempt_started_at ?? job.created_at);
      let isUnclear = false;
      for (const candidate of learned(job)) {
        const alike = likeness(job, candidate);
        if (alike === 'same' && isOurs(job, candidate) && candidate.at >= begunAt - EARLY_MS)
          return { kind: 'arrived', as: candidate };
        isUnclear ||= alike === 'same' || candidate.kind === 'unreadable';
        isUnclear ||= alike === 'unclear' && isOurs(job, candidate);
      }
      return { kind: isUnclear ? 'unclear' : 'absent' };
    },
    copyOf: (job) => learned(job).find((one) => isOurs(job, one) && likeness(job, one) === 'same'),
  };
}
