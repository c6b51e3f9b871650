import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempDir } from '../../src/testing/temp-engine.ts';
import { isLeftBehind, takeLock } from './build-lock.ts';
import { hashOfSources } from './build.ts';

let folder: ReturnType<typeof tempDir>;
let lock: string;

beforeEach(() => {
  folder = tempDir();
  lock = join(folder.path, 'build.lock');
});
afterEach(() => folder.remove());

describe('hashOfSources', () => {
  it('sees a changed picture of the resources folder', () => {
    const icons = join(folder.path, 'resources/icons');
    mkdirSync(icons, { recursive: true });
    const seen = new Set([hashOfSources(folder.path)]);
    for (const name of ['icon.svg', 'icon.png']) {
      for (const content of ['one', 'other']) {
        writeFileSync(join(icons, name), content);
        seen.add(hashOfSources(folder.path));
      }
    }
    expect(seen.size).toBe(5);
  });
});

describe('the lock of a build', () => {
  it('is held by a process that runs, however old', () => {
    writeFileSync(lock, String(process.pid));
    expect(isLeftBehind(lock, Date.now() + 3_600_000)).toBe(false);
  });

  it('is left behind by a process that is gone', () => {
    writeFileSync(lock, String(spawnSync(process.execPath, ['--version']).pid));
    expect(isLeftBehind(lock, Date.now())).toBe(true);
  });

  it.each(['', 'nobody', '-1'])('naming nobody (%j) is waited for only as long as writing takes', (text) => {
    writeFileSync(lock, text);
    utimesSync(lock, 1_000, 1_000);
    expect(isLeftBehind(lock, 1_001_000)).toBe(false);
    expect(isLeftBehind(lock, 1_006_000)).toBe(true);
  });

  it('is not there to be left behind', () => {
    expect(isLeftBehind(lock, Date.now())).toBe(false);
  });

  it('is taken over when left behind, and given back', async () => {
    writeFileSync(lock, '');
    utimesSync(lock, 1_000, 1_000);
    const giveBack = await takeLock(lock);
    expect(readFileSync(lock, 'utf8')).toBe(String(process.pid));
    giveBack();
    expect(existsSync(lock)).toBe(false);
  });
});
