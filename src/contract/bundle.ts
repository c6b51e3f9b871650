import { z } from 'zod';
import { platformSchema, siteSchema } from './models.ts';
import { providerKinds } from './translation-models.ts';

const text = z.string().min(1).max(4000);
const url = z.url();
const time = z.number().int().nonnegative();

/** How a platform may be read for new messages: pushed, or polled within these bounds (milliseconds). */
const live = z.object({ mode: z.enum(['push', 'poll']), minMs: time, maxMs: time });

/** How often an app may call: in the long run, and at once; counted for the whole app or for each of its stores. */
const callLimit = z.object({
  perSecond: z.number().positive(),
  burst: z.number().int().min(1),
  scope: z.enum(['app', 'store']),
});
export type CallLimit = z.infer<typeof callLimit>;

/** A shop with its tokens; ids as text throughout; times UTC milliseconds. */
const shop = z.object({
  shopId: text,
  name: text,
  site: siteSchema,
  accessToken: text,
  refreshToken: text,
  accessTokenExpiresAt: time,
  refreshTokenExpiresAt: time,
  /** TikTok Shop's `shop_cipher`. */
  cipher: text.nullable().default(null),
  /** Lazada's seller account id, the first part of its session ids; null elsewhere. */
  sellerId: text.nullable().default(null),
});

const platform = z.object({
  platform: platformSchema,
  /** Where calls go, without a path prefix. Lazada: one per site under `gateways`, which wins over `api`. */
  api: url,
  /** Where tokens are fetched. */
  auth: url,
  gateways: z.record(siteSchema, url).default({}),
  /** Where sellers sign in, one address a site; those of the real environment are known. */
  sellerCentres: z.record(siteSchema, url).default({}),
  appKey: text,
  appSecret: text,
  pushSecret: text,
  live,
  /** Null: no limit is known. */
  calls: callLimit.nullable().default(null),
  /** How long after an unanswered send the platform may still make it appear, in milliseconds. */
  settleMs: time,
  shops: z.array(shop).max(500),
});

/**
 * An environment with its apps, shops and tokens, ready to be connected: what `npm run sandbox -- --json` prints,
 * and what a host hands the engine to upsert at its start. Nothing in it says "sandbox" but the name.
 */
export const connectionBundleSchema = z.object({
  environment: z.object({ key: text, name: text }),
  seed: z.string().optional(),
  /** Answers which address and country a caller comes from, as look-up services do. */
  lookup: url.optional(),
  /** Translation services that come with it. */
  translators: z
    .array(z.object({ kind: z.enum(providerKinds), name: text, url, key: z.string().max(4000) }))
    .default([]),
  /** The sandbox's command address; the engine does not use it. */
  admin: url.optional(),
  /** The sandbox's record of every request; the engine does not use it. */
  journal: url.optional(),
  /** Who can sign in to the sandbox's seller centres; the engine does not use it. */
  sellers: z.array(z.object({ platform: platformSchema, name: text, password: text })).optional(),
  platforms: z.array(platform).max(20),
});
export type ConnectionBundle = z.infer<typeof connectionBundleSchema>;
export type BundlePlatform = ConnectionBundle['platforms'][number];
export type BundleShop = BundlePlatform['shops'][number];

/** What the sandbox's process ends with when it will not start for a reason its host can act on. */
export const SANDBOX_EXIT = {
  /** Another sandbox has the journal open. */
  inUse: 10,
  /** The journal tells of a world that this version doesn't make. */
  otherWorld: 11,
} as const;
