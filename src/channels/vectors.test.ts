import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import lazadaFile from '../testing/vectors/lazada.json' with { type: 'json' };
import shopeeFile from '../testing/vectors/shopee.json' with { type: 'json' };
import tiktokFile from '../testing/vectors/tiktok.json' with { type: 'json' };
import { signLazada, signLazadaPush } from './lazada/sign.ts';
import { signShopee, signShopeePush } from './shopee/sign.ts';
import { signTikTok, signTikTokPush } from './tiktok/sign.ts';

const text = z.union([z.string(), z.number()]).transform(String);
const inputs = z.object({
  key: z.string(),
  url: z.string().default(''),
  path: z.string().default(''),
  body: z.string().nullable().default(null),
  partner_id: text.optional(),
  timestamp: z.number().default(0),
  access_token: z.string().optional(),
  shop_id: text.optional(),
  merchant_id: text.optional(),
  params: z.record(z.string(), z.string()).default({}),
  query: z.record(z.string(), z.string()).default({}),
  app_key: z.string().default(''),
  body_included: z.boolean().default(false),
});
const fileSchema = z.object({
  vectors: z.array(z.object({ name: z.string(), kind: z.string(), inputs, expected: z.string() })),
});
type Inputs = z.infer<typeof inputs>;

function shopeeApi(given: Inputs): string {
  const ownerId = given.shop_id ?? given.merchant_id;
  return signShopee({
    partnerKey: given.key,
    partnerId: given.partner_id ?? '',
    path: given.path,
    timestamp: given.timestamp,
    ...(given.access_token === undefined ? {} : { accessToken: given.access_token }),
    ...(ownerId === undefined ? {} : { ownerId }),
  });
}

const shopeePush = (given: Inputs): string => signShopeePush(given.key, given.url, given.body ?? '');

const signers: Readonly<Record<string, (given: Inputs) => string>> = {
  'shopee push-authorization-scheme': shopeePush,
  'shopee push-authorization': shopeePush,
  'shopee api-sign-shop': shopeeApi,
  'shopee api-sign-merchant': shopeeApi,
  'shopee api-sign-public': shopeeApi,
  'lazada api-sign': (given) => signLazada(given.key, given.path, given.params),
  'lazada push-authorization': (given) => signLazadaPush(given.key, given.app_key, given.body ?? ''),
  'tiktok api-sign': (given) =>
    signTikTok(given.key, given.path, given.query, given.body_included ? given.body : null),
  'tiktok webhook-authorization': (given) => signTikTokPush(given.key, given.app_key, given.body ?? ''),
};

const files = { shopee: shopeeFile, lazada: lazadaFile, tiktok: tiktokFile };
const cases = Object.entries(files).flatMap(([platform, file]) =>
  fileSchema.parse(file).vectors.map((vector) => ({ platform, ...vector })),
);

describe('signature vectors, published and constructed', () => {
  it('covers every vector of the three platforms', () => expect(cases).toHaveLength(20));

  it.each(cases)('$platform $name', ({ platform, kind, inputs: given, expected }) => {
    expect(signers[`${platform} ${kind}`]?.(given)).toBe(expected);
  });
});

describe('signing', () => {
  it('leaves empty Lazada values out and sorts by ASCII, so that _ stands before letters', () => {
    const signed = signLazada('s', '/p', { a_b: '1', ab: '2', aB: '3', empty: '', sign: 'x' });
    expect(signed).toBe(signLazada('s', '/p', { aB: '3', a_b: '1', ab: '2' }));
    expect(signed).toMatch(/^[0-9A-F]{64}$/);
  });

  it('leaves sign and access_token out of what TikTok Shop signs', () => {
    const query = { app_key: 'k', timestamp: '1' };
    expect(signTikTok('s', '/p', { ...query, sign: 'x', access_token: 'y' }, null)).toBe(
      signTikTok('s', '/p', query, null),
    );
  });
});
