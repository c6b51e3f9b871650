import { CodedError } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import type { SellerCentre } from '../../channels/seller-centre.ts';
import type { LinkJudgement } from '../../contract/browsers.ts';
import type { PlatformId } from '../../contract/models.ts';
import type { Accounts } from './accounts.ts';
import { isOfPlatform, judgeLink, type LinkPlaces } from './links.ts';
import type { AccountFacts, BrowserPool } from './parts.ts';
import type { SignIns } from './sign-ins.ts';

/** Whose pages a browser shows is proved within this time, or it is not. Milliseconds. */
const PROOF_MS = 15_000;

/** Going to a store's pages, for a person who asked. */
export interface Visits {
  /** The store's seller centre, or where its browser was; in a shared account the store's own home. */
  show(storeId: number): Promise<void>;
  judge(storeId: number, url: string): LinkJudgement;
  /**
   * Errors: `rejected` with reason `no-web-address`, `other-host` unless confirmed, `other-shop`; those of the pool's
   * `open`.
   */
  openLink(storeId: number, url: string, confirmed: boolean): Promise<void>;
}

interface VisitsInput {
  readonly pool: BrowserPool;
  readonly accounts: Accounts;
  readonly signIns: SignIns;
  readonly clock: Clock;
  readonly centreOf: (platform: PlatformId) => SellerCentre;
}

export function createVisits({ pool, accounts, signIns, clock, centreOf }: VisitsInput): Visits {
  const factsOf = (storeId: number): AccountFacts => accounts.facts(accounts.of(storeId));
  const placesOf = ({ platform, own }: AccountFacts): LinkPlaces => ({
    domains: centreOf(platform).domains,
    own,
  });
  const show = async (storeId: number): Promise<void> => {
    const { accountId, stores } = factsOf(storeId);
    const home = stores.find((store) => store.id === storeId)?.home ?? null;
    // In a shared account another store's pages may be open.
    const goes = stores.length > 1 && home !== null && signIns.of(accountId).shop.storeId !== storeId;
    if (goes) signIns.unprove(accountId);
    await pool.open(accountId, { show: true, ...(goes ? { url: home } : {}) });
  };
  /** Rejects unless the browser is proved to work as this store, where there is a doubt. */
  const prove = async (storeId: number, { accountId, stores }: AccountFacts): Promise<void> => {
    const proofOf = () => signIns.of(accountId).shop;
    const { proof, storeId: proved } = proofOf();
    const isSure = proof === 'unknown' || proved === storeId;
    if (stores.length === 1 && isSure) return;
    await show(storeId);
    const end = clock.now() + PROOF_MS;
    while (proofOf().storeId !== storeId && clock.now() < end) {
      const second = new Promise<void>((resolve) => void clock.after(1000, resolve));
      await Promise.race([signIns.next(accountId), second]);
    }
    if (proofOf().storeId === storeId) return;
    throw new CodedError('rejected', 'The browser shows another shop', { reason: 'other-shop' });
  };

  return {
    show,
    judge: (storeId, url) => judgeLink(url, placesOf(factsOf(storeId))),
    openLink: async (storeId, url, confirmed) => {
      const facts = factsOf(storeId);
      const { kind } = judgeLink(url, placesOf(facts));
      if (kind === 'refused') {
        throw new CodedError('rejected', 'It is no web address', { reason: 'no-web-address' });
      }
      if (kind === 'other' && !confirmed) {
        throw new CodedError('rejected', 'It leads elsewhere', { reason: 'other-host' });
      }
      // In one that works as another shop nothing is opened, wherever it leads.
      const isOther = signIns.of(facts.accountId).shop.proof === 'other';
      if (isOther || isOfPlatform(url, placesOf(facts))) await prove(storeId, facts);
      await pool.open(facts.accountId, { show: true, url });
    },
  };
}
