import type { CallLimit } from '../../contract/bundle.ts';
import type { PlatformId } from '../../contract/models.ts';
import type { Profile } from '../api/types.ts';

interface Limit extends CallLimit {
  /** After a call too many, all are refused for this long; milliseconds. */
  readonly banMs: number;
}

/**
 * Shopee publishes none: 10 a second and shop is the suggestion. Lazada: about one a second for the whole app,
 * then a ban of a second. TikTok Shop: 50 a second for an app and shop.
 */
const limits: Readonly<Record<PlatformId, Limit>> = {
  shopee: { burst: 10, perSecond: 10, banMs: 0, scope: 'store' },
  lazada: { burst: 4, perSecond: 1, banMs: 1000, scope: 'app' },
  tiktok: { burst: 50, perSecond: 50, banMs: 0, scope: 'store' },
};

/** What an app is told of its limit; null: there is none. */
export function callLimit(platform: PlatformId, profile: Profile): CallLimit | null {
  const { perSecond, burst, scope } = limits[platform];
  return profile === 'loose' ? null : { perSecond, burst, scope };
}

interface Bucket {
  left: number;
  at: number;
  bannedUntil: number;
}

/** Counts calls against the platforms' limits; `loose` has none. */
export class RateLimits {
  readonly #profile: Profile;
  readonly #buckets = new Map<string, Bucket>();

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  /** False when this call is one too many. `now`: by a clock that nobody sets. */
  allows(platform: PlatformId, shopId: string | null, now: number): boolean {
    if (this.#profile === 'loose') return true;
    const limit = limits[platform];
    const key = limit.scope === 'app' ? platform : `${platform}:${shopId ?? ''}`;
    const bucket = this.#buckets.get(key) ?? { left: limit.burst, at: now, bannedUntil: 0 };
    this.#buckets.set(key, bucket);
    bucket.left = Math.min(limit.burst, bucket.left + ((now - bucket.at) / 1000) * limit.perSecond);
    bucket.at = now;
    if (now < bucket.bannedUntil) return false;
    if (bucket.left < 1) {
      bucket.bannedUntil = now + limit.banMs;
      return false;
    }
    bucket.left -= 1;
    return true;
  }
}
