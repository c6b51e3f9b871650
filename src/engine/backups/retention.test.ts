import { expect, test } from 'vitest';
import type { BackupKind, BackupView } from '../../contract/backups.ts';
import { noLongerNeeded } from './retention.ts';

const HOUR_MS = 3_600_000;
const END = Date.UTC(2026, 0, 30, 21);
const backup = (kind: BackupKind, at: number): BackupView => ({ name: `${kind}-${at}`, kind, at, bytes: 1 });
/** One every six hours for so many days, newest first. */
const sixHourly = (days: number): BackupView[] =>
  Array.from({ length: days * 4 }, (_, n) => backup('scheduled', END - n * 6 * HOUR_MS));
const keptOf = (all: readonly BackupView[]): BackupView[] => {
  const gone = new Set(noLongerNeeded(all));
  return all.filter(({ name }) => !gone.has(name));
};

test('of scheduled ones: the newest four, one a day for a week, one a week for four weeks', () => {
  const kept = keptOf(sixHourly(60));
  expect(kept.slice(0, 4)).toEqual(sixHourly(1));
  const daysBack = kept.map(({ at }) => Math.floor((END - at) / (24 * HOUR_MS)));
  expect(new Set(daysBack.filter((days) => days < 7))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
  expect(kept.length).toBeGreaterThanOrEqual(4 + 6 + 2);
  expect(kept.length).toBeLessThanOrEqual(4 + 7 + 4);
  expect(Math.max(...daysBack)).toBeGreaterThan(14);
  expect(Math.max(...daysBack)).toBeLessThan(30);
});

test('clearing away step by step comes to the same as at once', () => {
  let kept: BackupView[] = [];
  for (const one of sixHourly(60).toReversed()) kept = keptOf([one, ...kept]);
  expect(kept.map(({ name }) => name)).toEqual(keptOf(sixHourly(60)).map(({ name }) => name));
});

test('ten by hand, and whatever a person put there', () => {
  const byHand = Array.from({ length: 30 }, (_, n) => backup('by-hand', END - n));
  const added = Array.from({ length: 30 }, (_, n) => backup('added', END - n));
  const kept = keptOf([...byHand, ...added]);
  expect(kept.filter(({ kind }) => kind === 'by-hand')).toEqual(byHand.slice(0, 10));
  expect(kept.filter(({ kind }) => kind === 'added')).toHaveLength(30);
});

test('the newest of a kind stays however old it is', () => {
  expect(noLongerNeeded([backup('scheduled', 5), backup('by-hand', END)])).toEqual([]);
});

test('a clock that was set wrong for a while costs a day and a week of those made before at most', () => {
  const month = sixHourly(30);
  for (const wrongAt of [END + 3650 * 24 * HOUR_MS, Date.UTC(1999, 0, 1, 21)]) {
    // Made last, whatever the clock said.
    const wrong = Array.from({ length: 3 }, (_, n) => backup('scheduled', wrongAt - n * 6 * HOUR_MS));
    const kept = keptOf([...wrong, ...month]);
    expect(kept.slice(0, 3)).toEqual(wrong);
    const daysBack = kept.slice(3).map(({ at }) => Math.floor((END - at) / (24 * HOUR_MS)));
    expect(new Set(daysBack).size).toBeGreaterThanOrEqual(6);
    expect(Math.max(...daysBack)).toBeGreaterThanOrEqual(9);
    const later = Array.from({ length: 4 }, (_, n) => backup('scheduled', END + (4 - n) * 6 * HOUR_MS));
    expect(keptOf([...later, ...kept]).slice(0, 4)).toEqual(later);
  }
});

test('days and weeks without a backup count for nothing', () => {
  const away = Array.from({ length: 12 }, (_, n) => backup('scheduled', END - n * 40 * 24 * HOUR_MS));
  expect(keptOf(away)).toEqual(away.slice(0, 7));
});
