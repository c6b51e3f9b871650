import type { ConversationState } from '../../contract/models.ts';

/** Where the work on a conversation stands. */
export interface Standing {
  readonly state: ConversationState;
  /** Time of the oldest buyer message nobody answered. */
  readonly waitingSince: number | null;
  readonly snoozedUntil: number | null;
}

/** What the stored messages say after a change, beside what they said before it. */
export interface Happening {
  /** Time of the oldest buyer message after our last human answer (and after the last "done"); null when answered. */
  readonly unansweredSince: number | null;
  /** A buyer's message newer than every buyer's message before. */
  readonly buyerArrived: boolean;
  /** A human answer of ours newer than every one before. */
  readonly answerArrived: boolean;
}

/**
 * The one rule of conversation states. A buyer's unanswered message needs a reply, whatever stood before. Done and
 * snoozed were said by a person and stay until the buyer writes. So does "needs reply" said of an answered
 * conversation (known by its missing `waitingSince`), until somebody answers.
 */
export function decide(current: Standing, happening: Happening): Standing {
  if (!happening.buyerArrived) {
    if (current.state === 'done') return { ...current, waitingSince: null };
    if (current.state === 'snoozed') return { ...current, waitingSince: happening.unansweredSince };
    if (saidByHand(current) && !happening.answerArrived && happening.unansweredSince === null) return current;
  }
  return standing(happening.unansweredSince);
}

/** Where a conversation stands by its messages alone: also the end of a snooze. */
export function standing(unansweredSince: number | null): Standing {
  return {
    state: unansweredSince === null ? 'waiting' : 'needs-reply',
    waitingSince: unansweredSince,
    snoozedUntil: null,
  };
}

function saidByHand(current: Standing): boolean {
  return current.state === 'needs-reply' && current.waitingSince === null;
}
