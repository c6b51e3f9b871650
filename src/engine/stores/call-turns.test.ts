import { beforeEach, expect, test } from 'vitest';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { createCallTurns, type CallTurns } from './call-turns.ts';

const limit = { perSecond: 1, burst: 3, scope: 'app' } as const;
let clock: FakeClock;
let turns: CallTurns;
let gone: string[];

beforeEach(() => {
  clock = fakeClock();
  turns = createCallTurns(clock);
  gone = [];
});

type What = Parameters<CallTurns['take']>[2];
const take = (name: string, what: What = 'background', key = 'app 1'): void =>
  void turns.take(key, limit, what).then(
    () => gone.push(name),
    (error: { code: string }) => gone.push(`${name} ${error.code}`),
  );

test('an app that just started calls once, then as often as it may', async () => {
  for (const name of ['a', 'b', 'c']) take(name);
  await clock.advance(0);
  expect(gone).toEqual(['a']);
  await clock.advance(1_000);
  expect(gone).toEqual(['a']);
  await clock.advance(100);
  expect(gone).toEqual(['a', 'b']);
  await clock.advance(1_050);
  expect(gone).toEqual(['a', 'b', 'c']);
});

test('what was not used is kept up to the burst, and no further', async () => {
  take('first');
  await clock.advance(60_000);
  for (const name of ['a', 'b', 'c', 'd']) take(name);
  await clock.advance(0);
  expect(gone).toEqual(['first', 'a', 'b', 'c']);
  expect(clock.waiting).toBe(1);
});

test('a clock that is set changes nothing', async () => {
  take('first');
  take('second');
  clock.setBack(3_600_000);
  await clock.advance(1_050);
  expect(gone).toEqual(['first', 'second']);
});

test('probes go first, then sends, then what a person waits for; apps do not wait for each other', async () => {
  take('started');
  take('list');
  take('thread', 'person');
  take('send', 'send');
  take('probe', 'probe');
  take('other', 'background', 'app 2');
  await clock.advance(0);
  expect(gone).toEqual(['started', 'other']);
  await clock.advance(1_050);
  expect(gone.at(-1)).toBe('probe');
  // The third turn is for whoever waits longest.
  await clock.advance(1_050);
  expect(gone.at(-1)).toBe('list');
  await clock.advance(2_100);
  expect(gone.slice(-2)).toEqual(['send', 'thread']);
});

test('at the end nobody waits any longer, and nobody begins to', async () => {
  take('a');
  take('b');
  await clock.advance(0);
  turns.stop();
  await clock.advance(0);
  take('c');
  await clock.advance(0);
  expect(gone).toEqual(['a', 'b closed', 'c closed']);
  expect(clock.waiting).toBe(0);
});
