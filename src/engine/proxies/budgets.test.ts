import { afterEach, beforeEach, expect, test } from 'vitest';
import { waysDesk, type WaysDesk } from '../../testing/ways-desk.ts';
import { prepareBudgets, prepareTraffic } from './way-queries.ts';

let desk: WaysDesk;
beforeEach(async () => {
  desk = await waysDesk();
});
afterEach(() => desk.close());

const told = (): unknown[] =>
  desk.host.asked
    .filter(({ method }) => method === 'proxyBudgets')
    .map(({ input }) => {
      const { names, percent } = input as { names: readonly string[]; percent: number };
      return [percent, ...names];
    });
const carry = (proxyId: number, bytes: number, day: string): void =>
  void prepareTraffic(desk.db).add.run({ proxyId, accountId: 1, day, sent: 0, received: bytes });
const look = (): void => void desk.ways.feature.handlers['proxies.traffic']({ since: '2026-01-01' });
const setBudget = (proxyId: number, budget: number | null): void =>
  void prepareBudgets(desk.db).set.run(budget, proxyId);

test('80 and 100 per cent of a month’s budget are told, each once, also over a restart', async () => {
  const [one, other] = [desk.add({ port: 1, name: 'One' }), desk.add({ port: 2, name: 'Other' })];
  setBudget(one, 1000);
  carry(one, 799, '2026-01-05');
  carry(other, 9999, '2026-01-05');
  look();
  expect(told()).toEqual([]);
  carry(one, 1, '2026-01-05');
  look();
  look();
  await desk.restart();
  look();
  expect(told()).toEqual([[80, 'One']]);
  carry(one, 500, '2026-01-05');
  look();
  look();
  expect(told()).toEqual([
    [80, 'One'],
    [100, 'One'],
  ]);
  expect(desk.ways.proxies.stopOfAccount(1)).toBeNull();
});

test('of both at once only the higher is told; another budget, or another month, begins anew', async () => {
  const one = desk.add({ port: 1, name: 'One' });
  setBudget(one, 100);
  carry(one, 500, '2026-01-05');
  look();
  expect(told()).toEqual([[100, 'One']]);
  setBudget(one, 600);
  look();
  expect(told().at(-1)).toEqual([80, 'One']);
  await desk.pass(30 * 86_400_000);
  look();
  expect(told()).toHaveLength(2);
  carry(one, 550, '2026-02-02');
  look();
  expect(told()).toHaveLength(3);
});

test('nothing is told of data that is another machine’s', () => {
  const one = desk.add({ port: 1, name: 'One' });
  setBudget(one, 100);
  carry(one, 500, '2026-01-05');
  desk.isReadOnly = true;
  look();
  expect(told()).toEqual([]);
});
