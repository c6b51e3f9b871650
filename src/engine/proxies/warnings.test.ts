import { afterEach, beforeEach, expect, test } from 'vitest';
import { waysDesk, type WaysDesk } from '../../testing/ways-desk.ts';

let desk: WaysDesk;
beforeEach(async () => {
  desk = await waysDesk();
  desk.ways.feature.start?.();
});
afterEach(() => desk.close());

const DAY = 86_400_000;
const bind = (storeIds: number[], proxyId: number | null) =>
  desk.ways.feature.handlers['proxies.bind']({ storeIds, proxyId });
/** What the host was told since this was last asked, each time in the language that was set. */
const told = (): unknown[] =>
  desk.host.asked
    .splice(0)
    .filter(({ method }) => method === 'proxiesEnd')
    .map(({ input }) => {
      const { language, ...rest } = input as { language: string };
      expect(language).toBe('system');
      return rest;
    });

test('a proxy in use is told of 7, 3 and 1 days ahead and at its end, each once', async () => {
  const proxyId = desk.add({ port: 1, name: 'Berlin 1', expiresAt: desk.clock.now() + 10 * DAY });
  desk.add({ port: 2, name: 'unused', expiresAt: desk.clock.now() + 10 * DAY });
  await bind([1, 2], proxyId);
  const names = ['Berlin 1'];
  for (const [days, steps] of [
    [2.9, []],
    [0.2, [{ names, days: 7 }]],
    [3.8, []],
    [0.2, [{ names, days: 3 }]],
    [2, [{ names, days: 1 }]],
    [0.8, []],
    [0.2, [{ names, days: 0 }]],
    [40, []],
  ] as const) {
    await desk.pass(days * DAY);
    expect(told(), String(days)).toEqual(steps);
  }
});

test('of steps that passed meanwhile the last is told; a restart or a clock set back repeats none', async () => {
  const proxyId = desk.add({ port: 1, host: 'gate.test', expiresAt: desk.clock.now() + 2 * DAY });
  await bind([1], proxyId);
  await desk.clock.advance(20_000);
  expect(told()).toEqual([{ names: ['gate.test:1'], days: 3 }]);
  await desk.restart();
  await bind([1], null);
  await bind([1], proxyId);
  desk.jump(-4 * DAY);
  await desk.clock.advance(20_000);
  expect(told()).toEqual([]);
  desk.jump(4 * DAY);
  await desk.clock.advance(20_000);
  expect(told()).toEqual([]);
  desk.db.prepare('UPDATE proxies SET expires_at = ?').run(desk.clock.now() + 6 * DAY);
  await desk.clock.advance(20_000);
  expect(told()).toEqual([{ names: ['gate.test:1'], days: 7 }]);
});

test('proxies that end together are told of together, those of the settings alone', async () => {
  await desk.settings.handlers['settings.set']({ proxyWarnDays: [30] });
  const ids = [1, 2, 3].map((port) => desk.add({ port, expiresAt: desk.clock.now() + 20 * DAY }));
  for (const [index, proxyId] of ids.entries()) await bind([index + 1], proxyId);
  await desk.clock.advance(20_000);
  expect(told()).toEqual([{ names: ['127.0.0.1:1', '127.0.0.1:2', '127.0.0.1:3'], days: 30 }]);
  await desk.settings.handlers['settings.set']({ proxyWarnDays: [] });
  await desk.pass(19.9 * DAY);
  expect(told()).toEqual([]);
  await desk.pass(DAY);
  expect(told()).toMatchObject([{ days: 0 }]);
});
