import { afterEach, beforeEach, expect, it } from 'vitest';
import { listDesk, type ListDesk } from '../../testing/list-desk.ts';

let desk: ListDesk;
let now: number;
beforeEach(async () => {
  desk = await listDesk();
  now = desk.clock.now();
  const rows = ['203.0.113.1', '203.0.113.2'].map((host) => ({
    details: { protocol: 'http' as const, host, port: 80 },
    proxyId: null,
  }));
  await desk.call('proxies.import', { rows });
});
afterEach(() => desk.close());

it('a budget is set, kept by other changes and taken away; what was carried this month is counted', async () => {
  const set = (input: object) => desk.call('proxies.change', { proxyId: 1, change: {}, ...input });
  expect(await set({ budget: 5_000 })).toMatchObject({ budget: 5_000, used: 0 });
  const month = new Date(now).toLocaleDateString('sv').slice(0, 8);
  const add = desk.db.prepare('INSERT INTO proxy_traffic VALUES (?, ?, ?, ?, ?)');
  add.run(1, 1, `${month}01`, 10, 20);
  add.run(1, 2, `${month}01`, 1, 2);
  add.run(1, 1, '2000-01-31', 500, 500);
  add.run(2, 1, `${month}01`, 7, 0);
  expect(await set({ change: { name: 'sg' } })).toMatchObject({ name: 'sg', budget: 5_000, used: 33 });
  expect(await set({ budget: null })).toMatchObject({ budget: null, used: 33 });
});
