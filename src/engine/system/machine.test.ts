import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempDb } from '../../testing/temp-engine.ts';
import type { EngineOptions } from '../../wire/host-link.ts';
import { writeState } from '../db/engine-state.ts';
import { findHome, type Home } from './machine.ts';

const desk = { id: 'm1', name: 'Desk', computer: 'c1' };

let temp: ReturnType<typeof tempDb>;
let now = 100;
beforeEach(() => {
  temp = tempDb();
});
afterEach(() => temp.close());

const home = (machine: EngineOptions['machine'], dataDir = temp.dataDir): Home =>
  findHome(temp.db, { machine, dataDir }, (now += 1));

test('data that never had a home gets this one, and keeps it', () => {
  expect(home(desk).readOnly).toBeNull();
  expect(home(desk).readOnly).toBeNull();
  const usedAt = now;
  expect(home({ ...desk, id: 'm2', name: 'Laptop' }).readOnly).toEqual({
    machine: 'Desk',
    lastUsedAt: usedAt,
    otherFolder: null,
  });
});

test('another name of the same machine is no other machine', () => {
  home(desk);
  expect(home({ ...desk, name: 'Renamed' }).readOnly).toBeNull();
  expect(home({ ...desk, id: 'm2' }).readOnly).toMatchObject({ machine: 'Renamed' });
});

test('a link to the folder is the same folder, another folder is not', () => {
  home(desk);
  const link = join(temp.dataDir, 'link');
  symlinkSync(temp.dataDir, link);
  expect(home(desk, link).readOnly).toBeNull();
  const other = join(temp.dataDir, 'other');
  mkdirSync(other);
  expect(home(desk, other).readOnly).toMatchObject({ otherFolder: realpathSync(temp.dataDir) });
  expect(home({ ...desk, id: 'm2' }, other).readOnly).toMatchObject({ otherFolder: null });
});

test('the same key file on another computer is another machine', () => {
  home(desk);
  expect(home({ ...desk, computer: 'c2', name: 'New' }).readOnly).toMatchObject({
    machine: 'Desk',
    otherFolder: null,
  });
});

test('a computer that does not say what it is called is this one, and what was known of it stays known', () => {
  home(desk);
  expect(home({ id: 'm1', name: 'Desk' }).readOnly).toBeNull();
  expect(home({ id: 'm1', name: 'Renamed', computer: null }).readOnly).toBeNull();
  expect(home({ ...desk, computer: 'c2' }).readOnly).not.toBeNull();
});

test('data of before that was noted is at home, and notes it', () => {
  home({ id: 'm1', name: 'Desk' });
  expect(home(desk).readOnly).toBeNull();
  expect(home({ ...desk, computer: 'c2' }).readOnly).not.toBeNull();
});

test('where it is only shown nothing is noted until it takes over', () => {
  home(desk);
  const copy = home({ ...desk, id: 'm2', name: 'Laptop' });
  const { lastUsedAt } = copy.readOnly ?? {};
  copy.used(9999);
  const again = home({ ...desk, id: 'm2', name: 'Laptop' });
  expect(again.readOnly).toMatchObject({ lastUsedAt, machine: 'Desk' });
  again.takeOver();
  const taken = home({ ...desk, id: 'm2', name: 'Laptop' });
  expect(taken.readOnly).toBeNull();
  taken.used(9999);
  expect(home(desk).readOnly).toMatchObject({ machine: 'Laptop', lastUsedAt: 9999 });
});

test('a home that can not be read is none', () => {
  writeState(temp.db, 'machine', '{"id":');
  expect(home(desk).readOnly).toBeNull();
});
