import type { BundlePlatform, BundleShop, ConnectionBundle } from '../contract/bundle.ts';
import type { PlatformId } from '../contract/models.ts';
import { LOOKUP_PATH } from './admin/lookup.ts';
import { DEEPL_KEY, DEEPL_PATH, LIBRETRANSLATE_PATH } from './translate/translators.ts';
import type { AppKeys, Profile } from './api/types.ts';
import { callLimit } from './faults/limits.ts';
import type { Shop } from './world/model.ts';
import type { World } from './world/world.ts';

/** What clients are told of the environment. Milliseconds. */
export interface Terms {
  /** The real platforms' pushes can't reach a desktop; the stand-ins may be polled within these bounds. */
  readonly minMs: number;
  readonly maxMs: number;
  /** A send that was accepted late shows within this time. */
  readonly settleMs: number;
  readonly profile: Profile;
}

export const usualTerms: Terms = { minMs: 1500, maxMs: 5000, settleMs: 20_000, profile: 'loose' };

function bundleShop(world: World, shop: Shop): BundleShop {
  const tokens = world.tokens(shop).current;
  return {
    shopId: shop.shopId,
    name: shop.name,
    site: shop.site,
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken,
    accessTokenExpiresAt: tokens.accessExpiresAt,
    refreshTokenExpiresAt: tokens.refreshExpiresAt,
    cipher: shop.cipher,
    sellerId: shop.platform === 'lazada' ? shop.sellerId : null,
  };
}

/** Where one platform listens, and its app. */
export interface PlatformAddress {
  readonly platform: PlatformId;
  readonly url: string;
  readonly keys: AppKeys;
  /** By site. */
  readonly sellerCentres: Readonly<Record<string, string>>;
}

/** Everything a client needs to connect, tokens as they are now. */
export function makeBundle(
  world: World,
  adminUrl: string,
  addresses: readonly PlatformAddress[],
  { minMs, maxMs, settleMs, profile }: Terms,
): ConnectionBundle {
  const platforms = addresses.map(({ platform, url, keys, sellerCentres }): BundlePlatform => {
    const shops = world.shopsOf(platform);
    const gateways = platform === 'lazada' ? Object.fromEntries(shops.map(({ site }) => [site, url])) : {};
    return {
      platform,
      api: url,
      auth: url,
      gateways,
      sellerCentres: { ...sellerCentres },
      ...keys,
      live: { mode: 'poll', minMs, maxMs },
      calls: callLimit(platform, profile),
      settleMs,
      shops: shops.map((shop) => bundleShop(world, shop)),
    };
  });
  return {
    environment: { key: 'sandbox', name: 'Sandbox' },
    seed: world.seed,
    translators: [
      { kind: 'libretranslate', name: 'Phrase book', url: `${adminUrl}${LIBRETRANSLATE_PATH}`, key: '' },
      { kind: 'deepl', name: 'Phrase book (DeepL)', url: `${adminUrl}${DEEPL_PATH}`, key: DEEPL_KEY },
    ],
    lookup: `${adminUrl}${LOOKUP_PATH}`,
    admin: adminUrl,
    journal: `${adminUrl}/journal`,
    sellers: world.sellers.users.map(({ platform, name, password }) => ({ platform, name, password })),
    platforms,
  };
}
