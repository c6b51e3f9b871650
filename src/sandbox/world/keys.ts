import type { PlatformId } from '../../contract/models.ts';
import type { AppKeys } from '../api/types.ts';
import { digits } from './ids.ts';
import { createPrng, hexOf } from './prng.ts';

/** One app's credentials on a platform, from the seed. Pushes are signed with the same secret, as documented. */
export function keysOf(seed: string, platform: PlatformId): AppKeys {
  const prng = createPrng(`counterdesk-sandbox/${seed}/keys/${platform}`);
  const appSecret = hexOf(`${seed}|secret|${platform}`, 40);
  const appKey = {
    shopee: () => digits(prng, 7),
    lazada: () => digits(prng, 6),
    tiktok: () => `6${hexOf(`${seed}|app|tiktok`, 12)}`,
  }[platform]();
  return { appKey, appSecret, pushSecret: appSecret };
}
