import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { HttpClient, HttpRequest, HttpResponse } from '../../../channels/http.ts';
import type { ProviderKind } from '../../../contract/translation-models.ts';
import { providers } from './registry.ts';

const config = { address: 'https://t.test', key: 'k3y', place: '', model: 'm' };
const call = { texts: ['สวัสดี', 'ครับ'], from: 'th', to: 'zh-Hans' } as const;

function http(
  answer: Partial<HttpResponse> & { readonly body?: unknown },
  seen: HttpRequest[] = [],
): HttpClient {
  const { body, ...rest } = answer;
  return {
    request: (request) => {
      seen.push(request);
      return Promise.resolve({
        status: 200,
        headers: {},
        text: body === undefined ? '' : JSON.stringify(body),
        ...rest,
      });
    },
    download: () => Promise.reject(new Error('never')),
  };
}
let at = 1_700_000_000_000;
const now = (): number => at;
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const account = JSON.stringify({
  project_id: 'p1',
  client_email: 'a@p1.example',
  private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  token_uri: 'https://auth.test/token',
});

const answers: Readonly<Record<Exclude<ProviderKind, 'google-v3'>, unknown>> = {
  deepl: { translations: [{ text: '你好' }, { text: '先生' }] },
  'google-v2': { data: { translations: [{ translatedText: '你好' }, { translatedText: '先生' }] } },
  azure: [{ translations: [{ text: '你好', to: 'zh' }] }, { translations: [{ text: '先生', to: 'zh' }] }],
  libretranslate: { translatedText: ['你好', '先生'] },
  openai: { choices: [{ finish_reason: 'stop', message: { content: '```json\n["你好","先生"]\n```' } }] },
};
const asked: Readonly<
  Record<keyof typeof answers, { url: string; header: [string, string]; body: unknown }>
> = {
  deepl: {
    url: 'https://t.test/v2/translate',
    header: ['authorization', 'DeepL-Auth-Key k3y'],
    body: { text: call.texts, target_lang: 'ZH-HANS', source_lang: 'TH' },
  },
  'google-v2': {
    url: 'https://t.test/language/translate/v2',
    header: ['x-goog-api-key', 'k3y'],
    body: { q: call.texts, target: 'zh-CN', source: 'th', format: 'text' },
  },
  azure: {
    url: 'https://t.test/translate?api-version=3.0&textType=plain&to=zh-Hans&from=th',
    header: ['ocp-apim-subscription-key', 'k3y'],
    body: [{ Text: 'สวัสดี' }, { Text: 'ครับ' }],
  },
  libretranslate: {
    url: 'https://t.test/translate',
    header: ['content-type', 'application/json'],
    body: { q: call.texts, source: 'th', target: 'zh', format: 'text', api_key: 'k3y' },
  },
  openai: {
    url: 'https://t.test/v1/chat/completions',
    header: ['authorization', 'Bearer k3y'],
    body: { model: 'm', temperature: 0 },
  },
};

const kinds = Object.keys(answers) as (keyof typeof answers)[];
test.each(kinds)('%s is asked as its reference says, and its answer read in order', async (kind) => {
  const seen: HttpRequest[] = [];
  expect(await providers[kind].translate(http({ body: answers[kind] }, seen), config, call, now)).toEqual([
    '你好',
    '先生',
  ]);
  const [request] = seen;
  const { url, header, body } = asked[kind];
  expect(request).toMatchObject({ method: 'POST', url, headers: { [header[0]]: header[1] } });
  expect(JSON.parse(String(request?.body))).toMatchObject(body as object);
  // Keys and texts are never part of an address, which could be written down.
  expect(request?.url).not.toContain('k3y');
});

test('Google v3 signs in by its service account once, and is asked with that token', async () => {
  const seen: HttpRequest[] = [];
  const google: HttpClient = {
    request: (request) => {
      seen.push(request);
      const body = request.url.startsWith('https://auth')
        ? { access_token: 'tok', expires_in: 3600 }
        : { translations: [{ translatedText: '你好' }, { translatedText: '先生' }] };
      return Promise.resolve({ status: 200, headers: {}, text: JSON.stringify(body) });
    },
    download: () => Promise.reject(new Error('never')),
  };
  const own = { ...config, key: account, place: '/us-central1' };
  for (let n = 0; n < 2; n += 1) {
    expect(await providers['google-v3'].translate(google, own, call, now)).toEqual(['你好', '先生']);
  }
  expect(seen.map(({ url }) => url)).toEqual([
    'https://auth.test/token',
    'https://t.test/v3/projects/p1/locations/us-central1:translateText',
    'https://t.test/v3/projects/p1/locations/us-central1:translateText',
  ]);
  at += 3_600_000;
  await providers['google-v3'].translate(google, own, call, now);
  expect(seen.filter(({ url }) => url.startsWith('https://auth'))).toHaveLength(2);
  const assertion = new URLSearchParams(String(seen[0]?.body)).get('assertion') ?? '';
  const claims: unknown = JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ iss: 'a@p1.example', aud: 'https://auth.test/token' });
  expect(seen[1]?.headers).toMatchObject({ authorization: 'Bearer tok' });
  await expect(
    providers['google-v3'].translate(google, { ...own, key: 'no json' }, call, now),
  ).rejects.toMatchObject({
    details: { reason: 'provider-key' },
  });
});

test.each<[keyof typeof answers, number, unknown, string, string]>([
  ['deepl', 403, {}, 'rejected', 'provider-key'],
  ['deepl', 429, {}, 'rate-limited', 'provider-busy'],
  ['deepl', 529, {}, 'rate-limited', 'provider-busy'],
  ['deepl', 456, {}, 'rejected', 'provider-quota'],
  ['deepl', 400, { message: "Value for 'target_lang' not supported." }, 'rejected', 'provider-language'],
  ['deepl', 413, {}, 'rejected', 'provider-refused'],
  ['deepl', 500, 'oops', 'unreachable', 'provider-down'],
  ['google-v2', 403, { error: { errors: [{ reason: 'dailyLimitExceeded' }] } }, 'rejected', 'provider-quota'],
  [
    'google-v2',
    403,
    { error: { errors: [{ reason: 'userRateLimitExceeded' }] } },
    'rate-limited',
    'provider-busy',
  ],
  ['google-v2', 400, { error: { message: 'API key not valid.' } }, 'rejected', 'provider-key'],
  ['azure', 401, { error: { code: 401_000 } }, 'rejected', 'provider-key'],
  ['azure', 403, { error: { code: 403_001 } }, 'rejected', 'provider-quota'],
  ['azure', 429, { error: { code: 429_001 } }, 'rate-limited', 'provider-busy'],
  ['libretranslate', 400, { error: 'xx is not supported' }, 'rejected', 'provider-language'],
  ['libretranslate', 400, { error: 'Visit x to get an API key' }, 'rejected', 'provider-key'],
  ['openai', 429, { error: { code: 'insufficient_quota' } }, 'rejected', 'provider-quota'],
  ['openai', 429, { error: { code: 'rate_limit_exceeded' } }, 'rate-limited', 'provider-busy'],
  [
    'openai',
    200,
    { choices: [{ finish_reason: 'length', message: { content: '["a"' } }] },
    'invalid',
    'provider-answer',
  ],
  [
    'openai',
    200,
    { choices: [{ finish_reason: 'stop', message: { content: 'Sure!' } }] },
    'invalid',
    'provider-answer',
  ],
  ['deepl', 200, { translations: [{ text: 'one alone' }] }, 'invalid', 'provider-answer'],
  ['libretranslate', 200, { translatedText: [1, 2] }, 'invalid', 'provider-answer'],
  ['google-v2', 200, {}, 'invalid', 'provider-answer'],
  ['azure', 200, undefined, 'invalid', 'provider-answer'],
])('%s answers %i %j: %s, %s', async (kind, status, body, code, reason) => {
  await expect(providers[kind].translate(http({ status, body }), config, call, now)).rejects.toMatchObject({
    code,
    details: { reason },
  });
});

test('how long to wait is taken from the answer, within reason', async () => {
  const wait = async (after: string) =>
    providers.deepl
      .translate(http({ status: 429, headers: { 'retry-after': after } }), config, call, now)
      .catch((error: { details: { retryAfterMs?: number } }) => error.details.retryAfterMs);
  expect(await wait('7')).toBe(7_000);
  expect(await wait('999999999')).toBe(3_600_000);
  expect(await wait('soon')).toBe(undefined);
});
