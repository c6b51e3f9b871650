import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IsolationFinding } from '../../contract/browsers.ts';
import { accountFacts, browserDesk, type BrowserDesk } from '../../testing/browser-desk.ts';
import { startOrigin, type CountingOrigin } from '../../testing/counting-origin.ts';
import { tempDb } from '../../testing/temp-engine.ts';
import { createIsolationCheck } from './isolation-check.ts';
import type { AccountFacts } from './parts.ts';

let service: CountingOrigin;
let desk: BrowserDesk;
let temp: ReturnType<typeof tempDb>;
let asked: { url: string; egress: string[]; isBound: boolean };

beforeEach(async () => {
  service = await startOrigin((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"ip":"203.0.113.7","country_code":"TH"}');
  });
  temp = tempDb();
  temp.db.exec(`
    INSERT INTO environments (id, key, name) VALUES (1, 'test', 'Test');
    INSERT INTO accounts (id, environment_id, platform, remote_id, name, context_key, created_at)
      VALUES (2, 1, 'shopee', 'a2', 'Other', 'c2', 0);
    INSERT INTO stores (id, account_id, platform, site, remote_id, name, created_at)
      VALUES (2, 2, 'shopee', 'MY', 's2', 'Other', 0);`);
  asked = { url: `${service.base}/ip`, egress: ['203.0.113.7'], isBound: true };
  desk = await browserDesk(factsOf);
});
afterEach(async () => {
  await desk.close();
  await service.stop();
  temp.close();
}, 60_000);

const factsOf = (id: number): AccountFacts => accountFacts(id, `${service.base}/home`, [service.base]);

async function check(accountId = 1): Promise<Record<IsolationFinding['what'], IsolationFinding>> {
  const look = createIsolationCheck({
    db: temp.db,
    pool: desk.pool,
    now: () => desk.clock.now(),
    url: () => asked.url,
    stunUrl: () => '',
    egressOf: () => Promise.resolve(asked.egress),
    isBound: () => asked.isBound,
    others: (id) => [1, 2].filter((other) => other !== id && desk.pool.contextOf(other) !== null),
    canary: () => 'canary-of-this-look',
  });
  const findings = await look(factsOf(accountId));
  return Object.fromEntries(findings.map((finding) => [finding.what, finding])) as never;
}

test('what a page sees of itself is compared with what is to be seen', async () => {
  await desk.pool.open(2);
  const { ip, dns, webrtc, 'time-zone': zone, language, storage } = await check();
  expect(ip).toMatchObject({ verdict: 'good', seen: '203.0.113.7', expected: '203.0.113.7' });
  // A bare address has no name to look up.
  expect(dns.verdict).toBe('unclear');
  expect(webrtc).toMatchObject({ verdict: 'good', seen: null });
  expect(zone).toMatchObject({ verdict: 'good', seen: 'Asia/Bangkok' });
  expect(language).toMatchObject({ verdict: 'good', seen: 'th-TH' });
  expect(storage.verdict).toBe('good');
  // Nothing of the look is left, and what was open stays open.
  expect(await desk.pool.contextOf(1)?.cookies()).toEqual([]);
  expect(desk.pool.of(2).state).toBe('open');
}, 60_000);

test('an address that is another store’s, or not the one to be seen, is bad; one nobody knows is unclear', async () => {
  asked.egress = ['203.0.113.8'];
  expect((await check()).ip).toMatchObject({ verdict: 'bad', expected: '203.0.113.8' });
  asked.egress = [];
  expect((await check()).ip.verdict).toBe('unclear');
  asked.egress = ['203.0.113.7'];
  temp.db
    .prepare('INSERT INTO account_exits (account_id, ip, first_at, last_at) VALUES (2, ?, 0, ?)')
    .run('203.0.113.7', desk.clock.now());
  expect((await check()).ip).toMatchObject({ verdict: 'bad', expected: '≠ Other MY' });
  expect((await check()).storage.verdict).toBe('unclear');
}, 60_000);

test('a service that is not reached is said; another store’s trouble costs no report', async () => {
  await desk.pool.open(2);
  desk.net.routes.set(2, { kind: 'refused', stop: 'ended' });
  expect((await check()).storage.verdict).toBe('unclear');
  asked.url = 'http://127.0.0.1:1/';
  await expect(check()).rejects.toMatchObject({ details: { reason: 'page-not-loaded' } });
}, 60_000);
