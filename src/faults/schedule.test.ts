import { describe, expect, it } from 'vitest';
import { platformIds } from '../contract/models.ts';
import { readFault } from '../sandbox/faults/rules.ts';
import { killsOf, makeSchedule } from './schedule.ts';
import { makeSends } from './sends.ts';

describe('the schedule of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(makeSchedule(500, 'a', 20)).toEqual(makeSchedule(500, 'a', 20));
    expect(makeSchedule(500, 'a', 20)).not.toEqual(makeSchedule(500, 'b', 20));
    expect(makeSends(500, 'a', 40)).toEqual(makeSends(500, 'a', 40));
    expect(makeSends(500, 'a', 40)).not.toEqual(makeSends(500, 'b', 40));
  });

  it('holds as many kills as asked for, all over the run and of every kind', () => {
    const schedule = makeSchedule(10_000, '1', 220);
    expect(killsOf(schedule)).toBe(220);
    const places = schedule.steps.map(({ at }) => at);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect([places[0], places.at(-1)].every((at) => at !== undefined && at >= 0 && at < 10_000)).toBe(true);
    const victims = new Set(
      schedule.steps.map(({ action }) => (action.kind === 'kill' ? action.victim : action.kind)),
    );
    expect(victims).toEqual(
      new Set([
        'engine',
        'host',
        'sandbox',
        'kill-in-backup',
        'fault',
        'away',
        'clock',
        'platform-clock',
        'full-disk',
        'buyers',
        'backup',
      ]),
    );
    expect(schedule.firstStarts.length).toBeGreaterThan(0);
  });

  it('meets every kind of call, and what buyers write', () => {
    const paths = makeSchedule(2000, '1', 40).steps.map(({ action }) =>
      action.kind === 'fault' ? action.path : null,
    );
    expect(new Set(paths)).toEqual(
      new Set([null, 'send', 'upload', 'list', 'history', 'get', 'refresh', 'buyer']),
    );
  });

  it('sets the platforms’ clocks within the time in which a signature is taken, and outside of it', () => {
    const off = makeSchedule(10_000, '1', 0).steps.flatMap(({ action }) =>
      action.kind === 'platform-clock' ? [Math.abs(action.aheadMs) / 1000] : [],
    );
    const between = (from: number, to: number): number => off.filter((s) => s >= from && s < to).length;
    // TikTok Shop's client may be ahead by half a minute; Shopee's off by five minutes; Lazada's by two hours.
    for (const count of [between(0, 29), between(31, 299), between(301, 7_199), between(7_201, 9_002)])
      expect(count).toBeGreaterThan(4);
    expect(Math.max(...off)).toBeLessThan(9_002);
  });

  it('orders only what the sandbox obeys', () => {
    for (const { action } of makeSchedule(2000, '1', 40).steps) {
      if (action.kind !== 'fault') continue;
      const { fault: kind, platform, path, ms, accept } = action;
      expect(readFault({ kind, platform, path, ms, accept }, 1)).toMatchObject({ kind, platform, path });
    }
  });
});

describe('the sends', () => {
  const sends = makeSends(10_000, '7', 90);

  it('have texts that are all different, as the page sends them, and fit every platform', () => {
    expect(new Set(sends.map(({ text }) => text)).size).toBe(10_000);
    expect(sends.every(({ text }) => text === text.trim() && [...text].length <= 600)).toBe(true);
    expect(platformIds).toHaveLength(3);
  });

  it('go to every place, some in a row to the same one', () => {
    expect(new Set(sends.map(({ place }) => place)).size).toBe(90);
    const inRow = sends.filter(({ place }, index) => sends[index - 1]?.place === place).length;
    expect(inRow).toBeGreaterThan(3000);
  });

  it('are pictures and cards of every kind in some share', () => {
    const share = (...kinds: string[]): number =>
      sends.filter(({ kind }) => kinds.includes(kind)).length / sends.length;
    expect(share('image')).toBeCloseTo(0.06, 2);
    expect(share('order', 'product', 'voucher')).toBeCloseTo(0.06, 2);
    for (const kind of ['order', 'product', 'voucher']) expect(share(kind)).toBeGreaterThan(0.01);
  });
});
