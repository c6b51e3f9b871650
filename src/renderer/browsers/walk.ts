import type { BrowserView } from '../../contract/browsers.ts';
import { needsSomebody } from './sign-in.ts';

/** A walk through the stores that need a person: whose turn it is, and who had theirs. */
export interface Walk {
  /** Accounts, by id. */
  readonly at: number;
  readonly passed: readonly number[];
}

/** Whose turn is next; null: everybody had theirs. `wanting`: those that need a person, in order. */
export function nextOf(walk: Walk | null, wanting: readonly BrowserView[]): BrowserView | null {
  const had = walk === null ? [] : [...walk.passed, walk.at];
  return wanting.find(({ accountId }) => !had.includes(accountId)) ?? null;
}

/** The walk with the turn at another account. */
export function turnTo(walk: Walk | null, accountId: number): Walk {
  return { at: accountId, passed: walk === null ? [] : [...walk.passed, walk.at] };
}

/** The one whose turn it is needs nobody any more: signed in as the right shop, or gone. What is unclear is waited for. */
export function isThrough(walk: Walk, browsers: readonly BrowserView[]): boolean {
  const view = browsers.find(({ accountId }) => accountId === walk.at);
  if (view === undefined) return true;
  return view.signIn.status === 'signed-in' && !needsSomebody(view);
}
