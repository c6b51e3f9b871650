import type { Clock } from '../../base/time.ts';
import type { SellerCentre, SellerSignal } from '../../channels/seller-centre.ts';
import type { BrowserView } from '../../contract/browsers.ts';
import type { PlatformId } from '../../contract/models.ts';
import type { Db } from '../db/database.ts';
import type { Feed, Log } from '../parts.ts';
import type { AccountFacts } from './parts.ts';
import { prepareBrowsers } from './queries.ts';
import { proveShop, UNPROVED } from './shop.ts';
import { LASTING_MS, see, UNKNOWN, wait, type SignInState } from './sign-in.ts';

/** What is known of accounts' sign-ins, and whose pages their browsers show. */
export interface SignIns {
  of(accountId: number): Pick<BrowserView, 'signIn' | 'shop'>;
  take(accountId: number, signal: SellerSignal): void;
  /** Resolves after the next thing that was learned of it. */
  next(accountId: number): Promise<void>;
  /** Whose pages it shows is to be proved anew. */
  unprove(accountId: number): void;
  /** Its session is gone. */
  forget(accountId: number): void;
  stop(): void;
}

interface SignInsInput {
  readonly db: Db;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly log: Log;
  readonly factsOf: (accountId: number) => AccountFacts;
  readonly centreOf: (platform: PlatformId) => SellerCentre;
  /** A person signed in: what was gained is to be kept at once. */
  readonly onSignedIn: (accountId: number) => void;
}

interface Known {
  state: SignInState;
  shop: BrowserView['shop'];
  cancel: () => void;
  waiting: (() => void)[];
}

export function createSignIns(input: SignInsInput): SignIns {
  const { db, clock, feed, log, factsOf, centreOf } = input;
  const rows = prepareBrowsers(db);
  const all = new Map<number, Known>();
  for (const { accountId, status, since, checkedAt, shop, storeId } of rows.signIns.all()) {
    const state = { status, since, checkedAt, signs: {} };
    all.set(accountId, { state, shop: { proof: shop, storeId }, cancel: () => {}, waiting: [] });
  }
  const knownOf = (accountId: number): Known => {
    const known = all.get(accountId) ?? { state: UNKNOWN, shop: UNPROVED, cancel: () => {}, waiting: [] };
    all.set(accountId, known);
    return known;
  };

  const write = (accountId: number, { state, shop }: Known): void => {
    const { status, since, checkedAt } = state;
    if (since === null || checkedAt === null) return;
    const { proof, storeId } = shop;
    rows.write.run({ accountId, status, since, checkedAt, shop: proof, storeId });
  };
  const change = (accountId: number, state: SignInState, shop: BrowserView['shop']): void => {
    const known = knownOf(accountId);
    const before = known.state;
    const isOther = state.status !== before.status || shop !== known.shop;
    const isLearned = isOther || state.checkedAt !== before.checkedAt;
    known.state = state;
    known.shop = shop;
    if (!isLearned) return;
    write(accountId, known);
    if (isOther) {
      log.info('sign-in', { accountId, status: state.status, shop: shop.proof });
      feed.emit('browsers', [accountId]);
    }
    if (state.status === 'signed-in' && before.status !== 'signed-in') input.onSignedIn(accountId);
    for (const resolve of known.waiting.splice(0)) resolve();
  };
  /** What a page says counts once it has lasted. */
  const waitFor = (accountId: number): void => {
    const known = knownOf(accountId);
    known.cancel();
    known.cancel = clock.after(LASTING_MS, () =>
      change(accountId, wait(known.state, clock.now()), known.shop),
    );
  };

  return {
    of: (accountId) => {
      const { state, shop } = all.get(accountId) ?? { state: UNKNOWN, shop: UNPROVED };
      const { status, since, checkedAt } = state;
      return { signIn: { status, since, checkedAt }, shop };
    },
    take: (accountId, signal) => {
      const { platform, stores } = factsOf(accountId);
      const centre = centreOf(platform);
      const known = knownOf(accountId);
      const said = centre.readSignIn(signal);
      const state =
        said === null
          ? moved(known.state, signal.kind)
          : see(known.state, { ...said, kind: signal.kind, at: clock.now() });
      const shown = centre.readShop(signal);
      const proved = shown === null ? null : proveShop(stores, shown);
      const shop = state.status === 'signed-out' ? UNPROVED : (proved ?? known.shop);
      change(accountId, state, sameAs(known.shop, shop) ? known.shop : shop);
      if (signal.kind === 'page') waitFor(accountId);
    },
    next: (accountId) => new Promise((resolve) => void knownOf(accountId).waiting.push(resolve)),
    unprove: (accountId) => {
      const known = knownOf(accountId);
      if (known.shop.proof !== 'unknown') change(accountId, known.state, UNPROVED);
    },
    forget: (accountId) => {
      end(all.get(accountId));
      all.delete(accountId);
      rows.forget.run(accountId);
      feed.emit('browsers', [accountId]);
    },
    stop: () => {
      for (const known of all.values()) end(known);
    },
  };
}

function sameAs(one: BrowserView['shop'], other: BrowserView['shop']): boolean {
  return one.proof === other.proof && one.storeId === other.storeId;
}

function end(known: Known | undefined): void {
  known?.cancel();
  for (const resolve of known?.waiting.splice(0) ?? []) resolve();
}

/** A page that says nothing has left the one before, which says nothing any more either. */
function moved(state: SignInState, kind: SellerSignal['kind']): SignInState {
  return kind === 'page' ? { ...state, signs: {} } : state;
}
