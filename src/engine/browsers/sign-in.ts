import type { SellerSignal, SellerSignIn } from '../../channels/seller-centre.ts';
import type { SignInStatus } from '../../contract/browsers.ts';

/** A weak sign that nothing contradicts counts after so long. Milliseconds. */
export const LASTING_MS = 5_000;

/** One thing that was seen. Times are UTC milliseconds. */
export interface Seen extends SellerSignIn {
  readonly kind: SellerSignal['kind'];
  readonly at: number;
}

/** What is known of a sign-in, and the signs since the page's last move. */
export interface SignInState {
  readonly status: SignInStatus;
  /** Null: nothing was ever seen. */
  readonly since: number | null;
  readonly checkedAt: number | null;
  readonly signs: Readonly<Partial<Record<SellerSignal['kind'], Seen>>>;
}

export const UNKNOWN: SignInState = { status: 'unknown', since: null, checkedAt: null, signs: {} };

/**
 * Takes a sign in. A firm one counts at once; of weak ones two of different kinds must agree, or the page must stay where
 * it is for a while: a way through the sign-in page is no signing out.
 */
export function see(state: SignInState, seen: Seen): SignInState {
  // A page that moves begins anew; what it says of a person's doing is overtaken.
  const signs = seen.kind === 'page' ? { page: seen } : { ...state.signs, [seen.kind]: seen };
  const agreed = Object.values(signs).filter((one) => one.status === seen.status).length > 1;
  return seen.sure === 'firm' || agreed ? conclude(state, signs, seen.status, seen.at) : { ...state, signs };
}

/** Time has passed: what the page says has lasted. */
export function wait(state: SignInState, now: number): SignInState {
  const { page } = state.signs;
  if (page === undefined || now - page.at < LASTING_MS) return state;
  const isContradicted = Object.values(state.signs).some((one) => one.sure === 'firm' && one.at >= page.at);
  return isContradicted ? state : conclude(state, state.signs, page.status, now);
}

function conclude(
  state: SignInState,
  signs: SignInState['signs'],
  status: SignInStatus,
  at: number,
): SignInState {
  return { status, signs, checkedAt: at, since: status === state.status ? (state.since ?? at) : at };
}
