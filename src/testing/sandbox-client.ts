import type { BundlePlatform, BundleShop } from '../contract/bundle.ts';
import type { PlatformId } from '../contract/models.ts';
import type { JournalLine } from '../sandbox/journal/entry.ts';
import { signLazada } from '../sandbox/lazada/sign.ts';
import type { RunningSandbox } from '../sandbox/sandbox.ts';
import { signShopee } from '../sandbox/shopee/sign.ts';
import { signTiktok } from '../sandbox/tiktok/sign.ts';

/** A call as a client would make it, and what to get wrong on purpose. */
export interface SignedCall {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Instead of a body: a file and what goes with it. */
  readonly form?: FormData;
  /** Overrides system parameters before signing. */
  readonly system?: Readonly<Record<string, string>>;
  /** Replaces the signature. */
  readonly sign?: string;
  /** UTC milliseconds; default now. */
  readonly now?: number;
  readonly token?: string;
}

/** An answer, to be looked into by dotted paths such as `response.conversations`. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Undefined when it is no JSON. */
  readonly json: unknown;
  at(path: string): unknown;
  list(path: string): Record<string, unknown>[];
}

function lookUp(json: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], json);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A platform of a sandbox and its n-th shop. */
export function shopAt(
  sandbox: RunningSandbox,
  platform: PlatformId,
  index = 0,
): { app: BundlePlatform; shop: BundleShop } {
  const app = sandbox.bundle.platforms.find((one) => one.platform === platform);
  const shop = app?.shops[index];
  if (app === undefined || shop === undefined) throw new Error(`no shop ${index} on ${platform}`);
  return { app, shop };
}

async function fetched(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const json = parsed(text);
  return {
    status: response.status,
    text,
    json,
    at: (path) => lookUp(json, path),
    list: (path) => lookUp(json, path) as Record<string, unknown>[],
  };
}

function bodyInit(call: SignedCall, contentType = 'application/json'): RequestInit {
  const method = call.method ?? 'GET';
  if (call.form !== undefined) return { method, body: call.form };
  if (call.body === undefined) return { method };
  const body = typeof call.body === 'string' ? call.body : JSON.stringify(call.body);
  return { method, body, headers: { 'content-type': contentType } };
}

/** Calls Shopee; `shop` null signs at the public level. */
export function callShopee(
  app: BundlePlatform,
  shop: BundleShop | null,
  path: string,
  call: SignedCall = {},
): Promise<Answer> {
  const timestamp = String(Math.floor((call.now ?? Date.now()) / 1000));
  const own = shop === null ? {} : { access_token: call.token ?? shop.accessToken, shop_id: shop.shopId };
  const query: Record<string, string> = { partner_id: app.appKey, timestamp, ...own, ...call.system };
  const sign = signShopee(app.appSecret, {
    partnerId: query['partner_id'] ?? '',
    path,
    timestamp: query['timestamp'] ?? '',
    accessToken: query['access_token'] ?? '',
    shopId: query['shop_id'] ?? '',
  });
  const all = new URLSearchParams({ ...call.params, ...query, sign: call.sign ?? sign });
  return fetched(`${app.api}${path}?${all.toString()}`, bodyInit(call));
}

/** Calls Lazada with everything in the query, or, for a POST, in a form. */
export function callLazada(
  app: BundlePlatform,
  shop: BundleShop | null,
  path: string,
  call: SignedCall = {},
): Promise<Answer> {
  const own = shop === null ? {} : { access_token: call.token ?? shop.accessToken };
  const system = {
    app_key: app.appKey,
    timestamp: String(call.now ?? Date.now()),
    sign_method: 'sha256',
    ...own,
  };
  const params = { ...system, ...call.params, ...call.system };
  const sign = call.sign ?? signLazada(app.appSecret, path, new Map(Object.entries(params)));
  const all = new URLSearchParams({ ...params, sign }).toString();
  const base = `${app.api}/rest${path}`;
  if (call.form !== undefined) return fetched(`${base}?${all}`, bodyInit(call));
  if (call.method !== 'POST') return fetched(`${base}?${all}`, { method: 'GET' });
  return fetched(base, bodyInit({ ...call, body: all }, 'application/x-www-form-urlencoded'));
}

/** Calls TikTok Shop; the shop's cipher goes along unless `system` says otherwise. */
export function callTiktok(
  app: BundlePlatform,
  shop: BundleShop,
  path: string,
  call: SignedCall = {},
): Promise<Answer> {
  const timestamp = String(Math.floor((call.now ?? Date.now()) / 1000));
  const system = { app_key: app.appKey, timestamp, shop_cipher: shop.cipher ?? '', ...call.system };
  const entries = Object.entries({ ...call.params, ...system }).filter(([, value]) => value !== '');
  const init = bodyInit(call);
  const body = typeof init.body === 'string' ? init.body : null;
  const sign = call.sign ?? signTiktok(app.appSecret, path, new Map(entries), body);
  const all = new URLSearchParams([...entries, ['sign', sign]]);
  const headers = {
    ...(call.form === undefined ? { 'content-type': 'application/json' } : {}),
    'x-tts-access-token': call.token ?? shop.accessToken,
  };
  return fetched(`${app.api}${path}?${all.toString()}`, { ...init, headers });
}

/** Gives an order to the sandbox's command address. */
export async function command(
  sandbox: RunningSandbox,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  return fetched(`${sandbox.adminUrl}${path}`, init);
}

/** The journal's lines after `since`. */
export async function journalOf(sandbox: RunningSandbox, since = 0): Promise<JournalLine[]> {
  const text = await (await fetch(`${sandbox.journalUrl}?since=${since}`)).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JournalLine);
}
