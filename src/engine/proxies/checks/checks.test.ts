import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ProxyChecks } from '../../../contract/proxies.ts';
import type { Settings } from '../../../contract/settings.ts';
import { startOrigin, type CountingOrigin } from '../../../testing/counting-origin.ts';
import { until } from '../../../testing/engine-page.ts';
import { waysDesk, type WaysDesk } from '../../../testing/ways-desk.ts';
import { freePort, startChainProxy, type RealProxy } from '../../../testing/real-proxies.ts';
import { createPasswordOf } from '../proxy-secrets.ts';
import { createProxyViews } from '../views.ts';
import { createWeigh } from '../weigh.ts';
import { createChecks } from './checks.ts';

const who = { username: 'kunde-7', password: 'p@ss:w/r%d#1' };
let desk: WaysDesk;
let origin: CountingOrigin;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let checks: ReturnType<typeof createChecks>;
let set: Pick<Settings, 'ipLookupUrl' | 'ipLookupV6Url'>;
const ends: (() => Promise<unknown>)[] = [];

/** As the sandbox answers: what it sees of the caller. */
const sees = ({ socket }: IncomingMessage, response: ServerResponse): void => {
  response.end(JSON.stringify({ query: socket.remoteAddress, countryCode: 'SG', city: 'Singapore' }));
};

beforeEach(async () => {
  desk = await waysDesk();
  answer = sees;
  origin = await startOrigin((request, response) => answer(request, response));
  desk.db.prepare('UPDATE environments SET lookup = ?').run(`${origin.base}/lookup`);
  set = { ipLookupUrl: '', ipLookupV6Url: '' };
  checks = createChecks({
    ...desk,
    randomBytes,
    settings: { read: () => ({ ...desk.settings.read(), ...set }) },
    readOnly: { isReadOnly: () => desk.isReadOnly },
    passwordOf: createPasswordOf(desk.db, desk.secrets),
    elapsed: () => performance.now(),
  });
});
afterEach(async () => {
  await checks.stop?.();
  for (const end of ends.splice(0).toReversed()) await end();
  await origin.stop();
  await desk.close();
});

async function proxyFrom(from: string): Promise<RealProxy> {
  const proxy = await startChainProxy(from, who);
  ends.push(() => proxy.stop());
  return proxy;
}
/** A proxy that says this to whoever asks it for a way, or never a word. */
async function saying(words: string | null): Promise<{ port: number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}).resume());
    if (words !== null) socket.once('data', () => socket.end(words));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  return { port: (server.address() as AddressInfo).port, sockets };
}
const bind = (accountId: number, proxyId: number) =>
  desk.db.prepare('UPDATE accounts SET proxy_id = ? WHERE id = ?').run(proxyId, accountId);
const begin = (proxyIds: number[] | null = null) => checks.handlers['proxies.check']({ proxyIds });
const progress = async (): Promise<ProxyChecks | null> =>
  (await checks.handlers['proxies.checks']({})).checks;
const done = () => until(progress, (run) => run?.isRunning === false);
const seen = () => createProxyViews(desk.db, () => desk.clock.now()).list();
const reasons = () => seen().map(({ check }) => check && (check.error?.details?.reason ?? 'works'));
const exits = () =>
  desk.db.prepare('SELECT account_id AS account, ip, proxy_id AS proxy FROM account_exits').all();
const count = (table: string) => desk.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

it('finds where each comes out, through it alone, and what is the same', async () => {
  const [one, two] = [await proxyFrom('127.0.0.21'), await proxyFrom('127.0.0.21')];
  for (const proxy of [one, two, await proxyFrom('127.0.0.22')]) desk.add(proxy);
  desk.secrets.write('proxy:1:rotation', `${origin.base}/rotate`);
  desk.db.exec('UPDATE proxies SET has_rotation = 1 WHERE id = 1');
  bind(1, 1);
  bind(3, 3);
  expect(await begin()).toMatchObject({ isRunning: true, total: 3, done: 0 });
  expect(await done()).toEqual({
    isRunning: false,
    total: 3,
    done: 3,
    failed: 0,
    unseen: 0,
    unknown: 0,
    error: null,
  });
  expect(seen().map(({ check }) => check?.egressV4)).toEqual(['127.0.0.21', '127.0.0.21', '127.0.0.22']);
  expect(seen()[0]?.check).toMatchObject({ error: null, egressV6: null, country: 'SG', city: 'Singapore' });
  expect(seen()[0]?.check?.latencyMs).toBeGreaterThanOrEqual(0);
  expect(seen().map(({ sameEgress }) => sameEgress)).toEqual([[2], [1], []]);
  expect([origin.direct(), origin.asked.length]).toEqual([0, 3]);
  expect(new Set(origin.asked.map(({ path }) => path))).toEqual(new Set(['/lookup']));
  expect(desk.feed.emitted.filter(({ kind }) => kind === 'proxies').length).toBeGreaterThanOrEqual(3);
  expect([count('proxy_traffic'), JSON.stringify(desk.log.lines).includes(who.password)]).toEqual([0, false]);
  // Every account bound to it was seen there, and another that would come there is told so.
  expect(exits()).toEqual([
    { account: 1, ip: '127.0.0.21', proxy: 1 },
    { account: 3, ip: '127.0.0.22', proxy: 3 },
  ]);
  desk.db.exec('UPDATE accounts SET proxy_id = NULL');
  const warnings = createWeigh(desk.db, () => desk.clock.now())([2], 2);
  expect(warnings).toContainEqual({
    storeId: 2,
    kind: 'used-by-other',
    otherStoreId: 1,
    at: desk.clock.now(),
  });
});

it('says why one does not work, and changes no state', async () => {
  const proxy = await proxyFrom('127.0.0.23');
  desk.add({ ...proxy, password: 'wrong' });
  desk.add({ ...proxy, port: await freePort() });
  desk.add({ ...proxy, host: 'no-such-proxy.invalid' });
  desk.add({ ...proxy, host: 'localhost', username: 'with:colon' });
  desk.add({ ...proxy, port: origin.port });
  bind(1, 2);
  await begin();
  expect(await done()).toMatchObject({ done: 5, failed: 5, unknown: 0 });
  expect(reasons()).toEqual([
    'proxy-password',
    'proxy-refused',
    expect.stringMatching(/^proxy-name$|^network$/),
    'proxy-password',
    expect.stringMatching(/^proxy-/),
  ]);
  expect(seen().map(({ state }) => state)).toEqual(['ready', 'ready', 'ready', 'ready', 'ready']);
  expect([exits(), JSON.stringify(seen()).includes('wrong')]).toEqual([[], false]);
});

it('a target that can not be reached is not taken for a dead proxy, and never asked for directly', async () => {
  desk.add(await saying('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  desk.add(await saying('HTTP/1.1 403 Forbidden\r\n\r\n'));
  await begin();
  await done();
  expect([reasons(), origin.from]).toEqual([['proxy-target', 'proxy-denied'], []]);
});

it('works though the service tells no address: then none is made up', async () => {
  desk.add(await proxyFrom('127.0.0.24'));
  answer = (_, response) => void response.writeHead(429).end('{"ip":"203.0.113.1"}');
  await begin();
  expect(await done()).toMatchObject({ failed: 0, unseen: 1 });
  expect(seen()[0]?.check).toMatchObject({ error: null, egressV4: null, country: null });
  expect(seen()[0]?.check?.latencyMs).not.toBeNull();
});

it('keeps nothing where the trouble is not the proxy’s: a look-up address on this computer is not its own', async () => {
  desk.add(await proxyFrom('127.0.0.24'));
  set = { ipLookupUrl: `http://localhost:${origin.port}/x`, ipLookupV6Url: '' };
  await begin([1]);
  expect(await done()).toMatchObject({ done: 1, failed: 0, unknown: 1, error: { code: 'unreachable' } });
  expect([seen()[0]?.check, origin.from]).toEqual([null, []]);
});

it('asks by IPv6 where somebody is named for it; nobody there is no failure', async () => {
  desk.add(await proxyFrom('127.0.0.24'));
  set = { ipLookupUrl: '', ipLookupV6Url: `${origin.base}/v6` };
  answer = ({ url }, response) =>
    void response.end(JSON.stringify({ ip: url === '/v6' ? '2001:DB8::0:6' : '203.0.113.6' }));
  await begin();
  await done();
  expect(seen()[0]?.check).toMatchObject({ egressV4: '203.0.113.6', egressV6: '2001:db8::6' });
  answer = ({ url }, response) => void response.end(url === '/v6' ? '<html>' : '{"ip":"203.0.113.6"}');
  await begin();
  await done();
  expect(seen()[0]?.check).toMatchObject({ error: null, egressV4: '203.0.113.6', egressV6: null });
});

it('looks at no more than 16 at once, joins what is asked meanwhile, and ends at once', async () => {
  const { port, sockets } = await saying(null);
  for (let n = 0; n < 40; n += 1) desk.add({ port, username: `u${n}` });
  const proxy = desk.add(await proxyFrom('127.0.0.25'));
  expect(await begin([1, 2, 2])).toMatchObject({ total: 2 });
  expect(await begin([2, 3])).toMatchObject({ total: 3 });
  expect(await begin()).toMatchObject({ isRunning: true, total: 41, done: 0 });
  // The last one is quick, and gives its place to no other: it waits behind those that never end.
  await until(
    () => sockets.length >= 16,
    (is) => is,
  );
  expect([sockets.length, (await progress())?.done]).toEqual([16, 0]);
  await checks.handlers['proxies.cancelChecks']({});
  expect([await progress(), count('proxy_checks')]).toEqual([null, 0]);
  await until(
    () => sockets.filter(({ closed }) => !closed).length,
    (open) => open === 0,
  );
  // Another run is not held up by the one that was ended.
  await begin([proxy]);
  expect(await done()).toMatchObject({ total: 1, done: 1, failed: 0 });
});

it('keeps the newest 50 of each; what became another proxy meanwhile, or is gone, gets none', async () => {
  const proxy = await proxyFrom('127.0.0.26');
  desk.add(proxy);
  desk.add({ ...proxy, host: 'localhost' });
  const old = desk.db.prepare('INSERT INTO proxy_checks (proxy_id, at) VALUES (1, ?)');
  for (let at = 1; at <= 60; at += 1) old.run(at);
  await begin([1]);
  await done();
  expect(desk.db.prepare('SELECT count(*) AS n, min(at) AS oldest FROM proxy_checks').get()).toEqual({
    n: 50,
    oldest: 12,
  });
  answer = (request, response) => {
    desk.db.exec("UPDATE proxies SET username = 'other' WHERE id = 1; DELETE FROM proxies WHERE id = 2");
    sees(request, response);
  };
  await begin([1, 2]);
  expect(await done()).toMatchObject({ total: 2, done: 2, failed: 0, unknown: 0 });
  expect(count('proxy_checks')).toBe(50);
  expect(() => begin([2])).toThrow(expect.objectContaining({ code: 'not-found' }) as Error);
});

it('one that is turned off is looked at, but no account was seen by it', async () => {
  desk.add(await proxyFrom('127.0.0.27'));
  bind(1, 1);
  desk.db.exec('UPDATE proxies SET disabled = 1');
  await begin();
  await done();
  expect([reasons(), exits(), seen()[0]?.state]).toEqual([['works'], [], 'disabled']);
  desk.isReadOnly = true;
  expect(() => begin()).toThrow(expect.objectContaining({ code: 'unreachable' }) as Error);
});
