import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { memoryLog, tempDir } from '../../testing/temp-engine.ts';
import { memoryHost } from '../host.ts';
import { dataPaths } from '../paths.ts';
import { readRecovery } from './marker.ts';
import { createOnDamage } from './on-damage.ts';
import { beginRecovery } from './recovery.ts';

let folder: ReturnType<typeof tempDir>;
let dataDir: string;
const make = () => {
  const [clock, host] = [fakeClock(), memoryHost()];
  return { clock, host, onDamage: createOnDamage({ dataDir, clock, host, log: memoryLog() }) };
};
const recovery = (): ReturnType<typeof readRecovery> => readRecovery(dataPaths(dataDir).recovery);

beforeEach(() => {
  folder = tempDir();
  dataDir = join(folder.path, 'data');
});
afterEach(() => folder.remove());

test('the next engine is left word and asked for, once however often the damage is met', () => {
  mkdirSync(dataDir);
  const { onDamage, host } = make();
  onDamage();
  onDamage();
  expect(recovery()).toMatchObject({ kind: 'damaged', step: 'aside', backup: null });
  expect(host.asked).toHaveLength(1);
});

test('where word can not be left it is tried until it can', async () => {
  const { onDamage, host, clock } = make();
  onDamage();
  await clock.advance(25_000);
  expect(host.asked).toEqual([]);
  mkdirSync(dataDir);
  await clock.advance(10_000);
  expect(recovery()).toMatchObject({ kind: 'damaged' });
  expect(host.asked).toHaveLength(1);
});

test('a restore a person asked for puts another database there as well', () => {
  mkdirSync(dataDir);
  beginRecovery(dataDir, 5, 'chosen.db');
  make().onDamage();
  expect(recovery()).toMatchObject({ kind: 'restored-by-hand', backup: 'chosen.db' });
});
