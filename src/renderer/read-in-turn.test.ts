import { expect, it } from 'vitest';
import { readInTurn } from './read-in-turn.ts';

it('reads once more for all that is asked while it reads, and again when asked later', async () => {
  const waiting: (() => void)[] = [];
  let reads = 0;
  const load = readInTurn(() => {
    reads += 1;
    return new Promise((resolve) => void waiting.push(resolve));
  });
  const first = load();
  void load();
  void load();
  expect(reads).toBe(1);
  waiting.shift()?.();
  await Promise.resolve();
  await Promise.resolve();
  expect(reads).toBe(2);
  waiting.shift()?.();
  await first;
  expect(reads).toBe(2);
  void load();
  expect(reads).toBe(3);
});
