import { z } from 'zod';
import { call } from './define.ts';

/** What is known of the way out. */
export type NetworkState =
  | 'online'
  /** Nothing can be reached: reading and sending pause. */
  | 'lost'
  /** It seems back; a moment is waited whether it stays. */
  | 'returning'
  /** Every store is read up to now. */
  | 'catching-up'
  /** That failed for some store; tried again by itself, or by hand. */
  | 'catch-up-failed';

/** How one store's catch-up goes. */
export interface StoreCatchUp {
  readonly storeId: number;
  readonly state: 'waiting' | 'reading' | 'done' | 'failed';
}

/** What happened while nothing could be read, or Counterdesk was not running. */
export interface AwaySummary {
  /** Buyers who wrote in that time. */
  readonly buyers: number;
  /** The oldest of their messages that nobody answered, UTC milliseconds; null when none is unanswered. */
  readonly oldestAt: number | null;
  /** UTC milliseconds. */
  readonly from: number;
  readonly to: number;
}

export interface NetworkView {
  readonly state: NetworkState;
  /** Since when, UTC milliseconds. */
  readonly since: number;
  /** Empty but in `catching-up` and `catch-up-failed`. */
  readonly stores: readonly StoreCatchUp[];
  readonly away: AwaySummary | null;
}

/** The way out, over all stores. Feed: `network`. How a single store is reached is in its `state`. */
export const networkContract = {
  'network.get': call<NetworkView>()(z.object({})),
  /** Tries at once. */
  'network.retry': call<null>()(z.object({})),
  /** What the page's system says of the network: a hint to look at once, never believed without. */
  'network.report': call<null>()(z.object({ online: z.boolean() })),
  'network.dismissAway': call<null>()(z.object({})),
};
