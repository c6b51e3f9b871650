import type { BrowserView } from '../../contract/browsers.ts';

/** The one thing worth saying of a store's browser, worst first. */
export type SignInKind = 'other-shop' | 'challenge' | 'signed-out' | 'trouble' | 'unknown' | 'signed-in';

/** Whoever needs a person comes before what merely went wrong, and that before what nobody knows. */
export function signInKind({ shop, signIn, error }: BrowserView): SignInKind {
  if (shop.proof === 'other') return 'other-shop';
  if (signIn.status === 'challenge' || signIn.status === 'signed-out') return signIn.status;
  return error === null ? signIn.status : 'trouble';
}

const WANTS = new Set<SignInKind>(['other-shop', 'challenge', 'signed-out']);

/** A person has to sign in, to answer what the platform asks, or to sign in as the right shop. */
export function needsSomebody(view: BrowserView): boolean {
  return WANTS.has(signInKind(view));
}

/** Nobody ever signed in there: nothing is wrong with it, and nothing of it can be looked at. */
export function isNew(view: BrowserView): boolean {
  return !view.hasSession && signInKind(view) === 'unknown';
}

/** Those that need a person, or others that are asked for, in the order of the rail, given as store ids. */
export function needing(
  browsers: readonly BrowserView[],
  order: readonly number[],
  isWanted: (view: BrowserView) => boolean = needsSomebody,
): readonly BrowserView[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const placeOf = ({ storeIds }: BrowserView): number =>
    Math.min(...storeIds.map((id) => places.get(id) ?? Infinity));
  return browsers.filter(isWanted).sort((a, b) => {
    const [first, second] = [placeOf(a), placeOf(b)];
    return first === second ? a.accountId - b.accountId : first - second;
  });
}

/** How many stores those browsers hold. */
export function storesOf(browsers: readonly BrowserView[]): number {
  return browsers.reduce((sum, { storeIds }) => sum + storeIds.length, 0);
}
