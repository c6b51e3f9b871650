import { connectionBundleSchema, type ConnectionBundle } from '../contract/bundle.ts';

/** A bundle with one shop on each platform, for tests that need no server behind it. */
export function smallBundle(expiresAt: number): ConnectionBundle {
  const shop = (shopId: string, name: string, site: string) => ({
    shopId,
    name,
    site,
    accessToken: `access-token-${shopId}`,
    refreshToken: `refresh-token-${shopId}`,
    accessTokenExpiresAt: expiresAt,
    refreshTokenExpiresAt: expiresAt + 30 * 24 * 3_600_000,
  });
  const platform = (id: string, shops: readonly object[]) => ({
    platform: id,
    api: 'http://127.0.0.1:9',
    auth: 'http://127.0.0.1:9',
    appKey: `key-${id}`,
    appSecret: `app-secret-${id}`,
    pushSecret: `push-secret-${id}`,
    live: { mode: 'poll', minMs: 1_000, maxMs: 5_000 },
    settleMs: 60_000,
    shops,
  });
  return connectionBundleSchema.parse({
    environment: { key: 'test', name: 'Test' },
    platforms: [
      platform('shopee', [shop('101', 'Baan Craft', 'TH')]),
      platform('lazada', [shop('202', 'Nusa Living', 'ID')]),
      platform('tiktok', [shop('303', 'Hive Audio', 'VN')]),
    ],
  });
}
