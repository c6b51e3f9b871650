import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeClock } from '../testing/fake-clock.ts';
import { tempDir } from '../testing/temp-engine.ts';
import { createOpeningPages } from './opening-page.ts';

let temp: ReturnType<typeof tempDir>;
let folder: string;
beforeEach(() => {
  temp = tempDir();
  folder = join(temp.path, 'app-window');
});
afterEach(() => temp.remove());

const address = (token: string): string => `http://127.0.0.1:4100/#token=${token}`;

it('leads to the address, is readable by its owner alone, and goes when the token was used', () => {
  const pages = createOpeningPages(folder, fakeClock(0));
  const first = pages.write(address('one'));
  const second = pages.write(address('two'));
  expect(first).toMatch(/^file:\/\/.*\/app-window\/open\.html$/);
  expect(second).not.toBe(first);
  const path = fileURLToPath(first);
  expect(readFileSync(path, 'utf8')).toContain('location.replace("http://127.0.0.1:4100/#token=one")');
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  pages.used('one');
  expect([existsSync(path), existsSync(fileURLToPath(second))]).toEqual([false, true]);
  expect(pages.write(address('three'))).toBe(first);
  pages.clear();
  expect([existsSync(path), existsSync(fileURLToPath(second))]).toEqual([false, false]);
});

it('goes when its token has run out, and when an earlier host left it', () => {
  mkdirSync(folder);
  for (const name of ['open.html', 'open-2.html']) writeFileSync(join(folder, name), 'old');
  const clock = fakeClock(0);
  const pages = createOpeningPages(folder, clock);
  const path = fileURLToPath(pages.write(address('one')));
  expect(existsSync(join(folder, 'open-2.html'))).toBe(false);
  clock.advanceAtOnce(15 * 60_000 - 1);
  expect(existsSync(path)).toBe(true);
  clock.advanceAtOnce(1);
  expect(existsSync(path)).toBe(false);
});
