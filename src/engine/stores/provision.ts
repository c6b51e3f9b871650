import type { RandomBytes } from '../../base/random.ts';
import type { BundlePlatform, BundleShop, ConnectionBundle } from '../../contract/bundle.ts';
import type { Db } from '../db/database.ts';
import { prepareProvision } from './provision-queries.ts';
import { prepareStores } from './queries.ts';
import type { StoreSecrets } from './tokens.ts';

interface ProvisionInput {
  readonly db: Db;
  readonly secrets: StoreSecrets;
  readonly randomBytes: RandomBytes;
  readonly now: () => number;
  /** Keeps a store's name in the search index. */
  readonly indexName: (storeId: number, name: string) => void;
}

/**
 * Connects everything a bundle names, in one transaction: environment, apps, accounts, stores, secrets. What is
 * there already is brought up to date, so that the same bundle can be given at every start. Answers the store ids.
 */
export function createProvision(input: ProvisionInput): (bundle: ConnectionBundle) => number[] {
  const rows = prepareProvision(input.db);
  const stores = prepareStores(input.db);

  const connectShop = (
    environmentId: number,
    appId: number,
    platform: BundlePlatform,
    shop: BundleShop,
  ): number => {
    const now = input.now();
    const shared = { platform: platform.platform, name: shop.name, now };
    const contextKey = Buffer.from(input.randomBytes(8)).toString('hex');
    const { site, shopId, cipher, sellerId } = shop;
    const known = rows.known.get({ environmentId, platform: platform.platform, site, shopId });
    const accountId =
      known?.accountId ?? id(rows.account.get({ ...shared, environmentId, remoteId: shopId, contextKey }));
    const storeId = id(rows.store.get({ ...shared, accountId, appId, site, shopId, cipher, sellerId }));
    input.indexName(storeId, shop.name);
    keepTokens(storeId, shop, now);
    return storeId;
  };

  const keepTokens = (storeId: number, shop: BundleShop, now: number): void => {
    const known = input.secrets.readTokens(storeId);
    const state = stores.get.get(storeId);
    const signedOut = state?.state === 'sign-in';
    const other = known?.accessToken !== shop.accessToken || known.refreshToken !== shop.refreshToken;
    const later = known === null || shop.accessTokenExpiresAt > known.accessTokenExpiresAt;
    // Tokens that were refreshed since the bundle was written are newer than its own; taking those back would sign out.
    if (!other || !(later || signedOut)) return;
    input.secrets.writeTokens(storeId, { ...shop, obtainedAt: now });
    stores.setExpiry.run(shop.accessTokenExpiresAt, shop.refreshTokenExpiresAt, storeId);
    if (signedOut) stores.setState.run(state.firstReadDone === 1 ? 'online' : 'first-read', null, storeId);
  };

  const connect = input.db.transaction((bundle: ConnectionBundle): number[] => {
    const { key, name } = bundle.environment;
    const environmentId = id(rows.environment.get(key, name, bundle.lookup ?? null));
    return bundle.platforms.flatMap((platform) => {
      const { live, calls, gateways, sellerCentres, shops, appSecret, pushSecret, ...open } = platform;
      const limit = {
        callsPerSecond: calls?.perSecond ?? null,
        callsBurst: calls?.burst ?? 1,
        callsScope: calls?.scope ?? 'app',
      };
      const reading = { liveMode: live.mode, liveMinMs: live.minMs, liveMaxMs: live.maxMs };
      const addresses = {
        gateways: JSON.stringify(gateways),
        sellerCentres: JSON.stringify(sellerCentres),
      };
      const values = { ...open, ...reading, ...limit, ...addresses, environmentId };
      const appId = id(rows.app.get(values));
      input.secrets.writeApp(appId, { appSecret, pushSecret });
      return shops.map((shop) => connectShop(environmentId, appId, platform, shop));
    });
  });
  return (bundle) => connect.immediate(bundle);
}

function id(value: number | undefined): number {
  if (value === undefined) throw new Error('An upsert answered no row.');
  return value;
}
