import { describe, expect, it } from 'vitest';
import lazadaVectors from '../testing/vectors/lazada.json' with { type: 'json' };
import shopeeVectors from '../testing/vectors/shopee.json' with { type: 'json' };
import tiktokVectors from '../testing/vectors/tiktok.json' with { type: 'json' };
import { signLazada, signLazadaPush } from './lazada/sign.ts';
import { signShopee, signShopeePush } from './shopee/sign.ts';
import { signTiktok, signTiktokWebhook } from './tiktok/sign.ts';

type Inputs = Readonly<Record<string, unknown>>;

const text = (inputs: Inputs, name: string): string => {
  const value = inputs[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
const map = (value: unknown): Map<string, string> => new Map(Object.entries(value as Record<string, string>));

function shopee(inputs: Inputs): string {
  const key = text(inputs, 'key');
  if ('url' in inputs) return signShopeePush(key, text(inputs, 'url'), text(inputs, 'body'));
  return signShopee(key, {
    partnerId: text(inputs, 'partner_id'),
    path: text(inputs, 'path'),
    timestamp: text(inputs, 'timestamp'),
    accessToken: text(inputs, 'access_token'),
    shopId: text(inputs, 'shop_id') + text(inputs, 'merchant_id'),
  });
}

function lazada(inputs: Inputs): string {
  const key = text(inputs, 'key');
  if ('body' in inputs) return signLazadaPush(key, text(inputs, 'app_key'), text(inputs, 'body'));
  return signLazada(key, text(inputs, 'path'), map(inputs['params']));
}

function tiktok(inputs: Inputs): string {
  const key = text(inputs, 'key');
  if (!('path' in inputs)) return signTiktokWebhook(key, text(inputs, 'app_key'), text(inputs, 'body'));
  const body = inputs['body_included'] === true ? text(inputs, 'body') : null;
  return signTiktok(key, text(inputs, 'path'), map(inputs['query']), body);
}

describe("the sandbox's signatures", () => {
  it.each(shopeeVectors.vectors)('Shopee: $name', ({ inputs, expected }) => {
    expect(shopee(inputs)).toBe(expected);
  });
  it.each(lazadaVectors.vectors)('Lazada: $name', ({ inputs, expected }) => {
    expect(lazada(inputs)).toBe(expected);
  });
  it.each(tiktokVectors.vectors)('TikTok Shop: $name', ({ inputs, expected }) => {
    expect(tiktok(inputs)).toBe(expected);
  });
});
