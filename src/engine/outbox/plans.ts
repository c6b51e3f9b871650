import type { Clock } from '../../base/time.ts';
import { waitUntil } from '../due.ts';
import type { JobRow } from './queries.ts';
import { LONGEST_REPEAT_MS } from './verdict.ts';

/** When conversations are looked at next, by timers: a planned wait passes in full and no longer, whatever the clock says. */
export interface Plans {
  /** Whether the job's own time has not come: then its conversation's turn comes when it has. */
  holds(job: JobRow): boolean;
  drop(conversationId: number): void;
  stop(): void;
}

interface Plan {
  /** A message written anew or let go by a person has another one. */
  readonly of: string;
  readonly cancel: () => void;
}

/** `wake` is called for a conversation whose plan has come due. */
export function createPlans(clock: Clock, wake: (conversationId: number) => void): Plans {
  const plans = new Map<number, Plan>();
  const drop = (conversationId: number): void => {
    plans.get(conversationId)?.cancel();
    plans.delete(conversationId);
  };
  return {
    drop,
    holds: (job) => {
      const { conversation_id: conversationId } = job;
      const of = `${job.message_id} ${job.next_at}`;
      if (plans.get(conversationId)?.of === of) return true;
      drop(conversationId);
      const waitMs = job.state === 'queued' ? ownWaitMs(job, clock.now()) : 0;
      if (waitMs <= 0) return false;
      const cancel = clock.after(waitMs, () => {
        plans.delete(conversationId);
        wake(conversationId);
      });
      plans.set(conversationId, { of, cancel });
      return true;
    },
    stop: () => {
      for (const { cancel } of plans.values()) cancel();
    },
  };
}

/** A clock set back since it was planned would keep it for as long as that. */
function ownWaitMs(job: JobRow, now: number): number {
  return Math.min(LONGEST_REPEAT_MS, waitUntil(job.next_at, now));
}
