import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import { tempDir } from '../../testing/temp-engine.ts';
import { createFileSink } from './file-sink.ts';
import { createLog, type EngineLog } from './log.ts';

let lines: string[];
let log: EngineLog;
beforeEach(() => {
  lines = [];
  log = createLog({ write: (line) => lines.push(line), close: () => undefined }, () => Date.UTC(2026, 0, 5));
});

const CANARY = 'c4n4ry-5ecret';

test.each<readonly [string, unknown]>([
  ['by name', { accessToken: CANARY }],
  ['by name, nested', { app: { appSecret: CANARY, list: [{ password: CANARY }] } }],
  ['object under a secret name', { token: { a: CANARY } }],
  [
    'header object',
    { headers: { authorization: `Bearer ${CANARY}`, 'x-tts-access-token': CANARY, cookie: CANARY } },
  ],
  ['query', { url: `https://h/api/v2/x?partner_id=1&sign=${CANARY}&access_token=${CANARY}&shop_id=2` }],
  ['query, first', { text: `sign=${CANARY}` }],
  ['app secret in a form', { body: `app_secret=${CANARY}&grant_type=x` }],
  ['authorisation code', { url: `https://h/auth?code=${CANARY}` }],
  ['session link', { line: `ready: http://127.0.0.1:1/#token=${CANARY}` }],
  ['proxy address', { proxy: `socks5://user:${CANARY}@10.0.0.1:1080` }],
  ['proxy address, @ in the password', { proxy: `http://user:p@${CANARY}@10.0.0.1:1080/x` }],
  ['proxy as a list has it', { proxy: `gate.example.com:1080:user:${CANARY}` }],
  ['JSON in a text', { body: `{"access_token":"${CANARY}","expire_in":1}` }],
  ['JSON in JSON', { body: JSON.stringify(JSON.stringify({ refresh_token: CANARY })) }],
  ['cut JSON', { body: `{"refresh_token":"${CANARY}` }],
  ['header line', { raw: `GET / HTTP/1.1\r\nAuthorization: Bearer ${CANARY}\r\nx: y` }],
  ['bearer in a sentence', { message: `refused bearer ${CANARY}` }],
  ['error', { error: new Error(`GET https://h/?sign=${CANARY}`) }],
  ['cause', { error: new CodedError('internal', 'x', undefined, new Error(`token=${CANARY}`)) }],
  ['as an event', undefined],
])('a secret never reaches the log: %s', (name, fields) => {
  log.warn(
    name === 'as an event' ? `failed access_token=${CANARY}` : 'canary',
    fields as Record<string, unknown>,
  );
  expect(lines.join('\n')).not.toContain(CANARY);
  expect(lines.join('\n')).toContain('[hidden]');
});

test('a secret that was told of is hidden wherever it stands', () => {
  log.hide('plain-looking-words');
  log.info('x', { text: 'buyer said plain-looking-words here', 'plain-looking-words': 1 });
  expect(lines.join()).not.toContain('plain-looking-words');
});

test('what is no secret stays readable', () => {
  const fields = { storeId: 3, url: 'https://h/p?shop_id=2&page=3', error: { code: 'E1' }, at: '12:30:45' };
  log.scope('sync').info('page-read', {
    ...fields,
    error: new CodedError('rate-limited', 'slow down', { retryAfterMs: 5 }),
  });
  const line = JSON.parse(lines[0] ?? '') as { fields: { error: object } };
  expect(line).toMatchObject({
    at: '2026-01-05T00:00:00.000Z',
    level: 'info',
    scope: 'sync',
    event: 'page-read',
    fields: { storeId: 3, url: fields.url, at: '12:30:45' },
  });
  expect(line.fields.error).toMatchObject({ errorCode: 'rate-limited', details: { retryAfterMs: 5 } });
});

test("an error's own code is readable, an authorisation code is not", () => {
  log.warn('send-ended', { error: { code: 'rejected', message: 'x' }, form: { code: 'k3y-to-trade' } });
  const line = JSON.parse(lines[0] ?? '') as { fields: object };
  expect(line.fields).toMatchObject({ error: { code: 'rejected' }, form: { code: '[hidden]' } });
});

test('odd values are written all the same, one line each', () => {
  const loop: Record<string, unknown> = {};
  loop['self'] = loop;
  log.info('odd', {
    loop,
    big: 10n,
    fn: () => 1,
    nothing: undefined,
    bytes: new Uint8Array(9),
    lone: '\ud800',
  });
  log.info('escape', { text: 'a\n\u001b[31mred\u0085\u202eright-to-left\u2028\u007f' });
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({
    fields: { text: 'a\n\u001b[31mred\u0085\u202eright-to-left\u2028\u007f' },
  });
});

test('hostile texts of great length are cut, and quickly', () => {
  log.info('long', {
    text: 'token'.repeat(200_000),
    dots: 'a.'.repeat(200_000),
    url: `http://${'a'.repeat(400_000)}`,
  });
  expect((lines[0] ?? '').length).toBeLessThan(20_000);
});

test('files: one a day, put aside when full, the oldest cleared, a folder that vanished no harm', () => {
  const folder = tempDir();
  let now = Date.UTC(2026, 0, 5);
  const sink = createFileSink({
    folder: join(folder.path, 'logs'),
    now: () => now,
    maxBytes: 100,
    maxFiles: 3,
  });
  const names = (): string[] => readdirSync(join(folder.path, 'logs')).sort();
  for (let index = 0; index < 3; index += 1) sink.write(`${index}${'x'.repeat(99)}`);
  expect(names()).toEqual(['engine-20260105.0001.log', 'engine-20260105.0002.log', 'engine-20260105.log']);
  now += 24 * 3_600_000;
  sink.write('next day');
  expect(names()).toEqual(['engine-20260105.0002.log', 'engine-20260105.log', 'engine-20260106.log']);
  expect(readFileSync(join(folder.path, 'logs', 'engine-20260106.log'), 'utf8')).toBe('next day\n');
  folder.remove();
  now += 24 * 3_600_000;
  sink.write('still here');
  sink.close();
  folder.remove();
});
