import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryLog, tempDir } from '../testing/temp-engine.ts';
import { keyFileAnswers } from './key-answers.ts';
import { openKeyFile } from './key-file.ts';

let folder: ReturnType<typeof tempDir>;
let path: string;
beforeEach(() => {
  folder = tempDir();
  path = join(folder.path, 'config', 'key');
});
afterEach(() => folder.remove());

const secret = randomBytes(32);

describe('the key file', () => {
  it('wraps and unwraps, readable by its owner alone', async () => {
    const blob = await openKeyFile(path).wrap(secret);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(Buffer.from(blob, 'base64').includes(secret)).toBe(false);
    expect(await openKeyFile(path).unwrap(blob)).toEqual({ state: 'ok', key: secret });
    chmodSync(path, 0o644);
    await openKeyFile(path).unwrap(blob);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('tells a missing file from another key and from a damaged wrap, and makes none to unwrap', async () => {
    const blob = await openKeyFile(path).wrap(secret);
    const damaged = Buffer.from(blob, 'base64');
    damaged[damaged.length - 1] = (damaged[damaged.length - 1] ?? 0) ^ 1;
    expect(await openKeyFile(path).unwrap(damaged.toString('base64'))).toEqual({ state: 'damaged' });
    expect(await openKeyFile(path).unwrap('')).toEqual({ state: 'damaged' });
    rmSync(path);
    expect(await openKeyFile(path).unwrap(blob)).toEqual({ state: 'no-key-file' });
    expect(existsSync(path)).toBe(false);
    await openKeyFile(path).wrap(secret);
    expect(await openKeyFile(path).unwrap(blob)).toEqual({ state: 'wrong-key' });
  });

  it('ends up with one key when several start at once', async () => {
    const blobs = await Promise.all(Array.from({ length: 8 }, () => openKeyFile(path).wrap(secret)));
    for (const blob of blobs) expect(await openKeyFile(path).unwrap(blob)).toMatchObject({ state: 'ok' });
    expect(readdirSync(dirname(path))).toEqual(['key']);
  });

  it('replaces nothing that is not a key file', async () => {
    await openKeyFile(path).wrap(secret);
    writeFileSync(path, 'my notes');
    await expect(openKeyFile(path).wrap(secret)).rejects.toThrow('not a key file');
  });

  it('derives keys that differ by purpose and stay the same', async () => {
    const [one, again, other] = await Promise.all(
      ['a', 'a', 'b'].map((purpose) => openKeyFile(path).derive(purpose)),
    );
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
  });

  it('answers the engine: null when it can not, also for wraps of other key stores', async () => {
    const log = memoryLog();
    const { wrapKey, unwrapKey } = keyFileAnswers(openKeyFile(path), log);
    const key = secret.toString('base64');
    const wraps = await wrapKey({ key });
    expect(await unwrapKey({ wraps: [{ by: 'keychain', blob: 'x' }, ...wraps] })).toEqual({ key });
    expect(await unwrapKey({ wraps: [{ by: 'keychain', blob: 'x' }] })).toBeNull();
    rmSync(path);
    expect(await unwrapKey({ wraps })).toBeNull();
    expect(log.lines.map(({ fields }) => fields)).toEqual([{ state: 'no-key-file' }]);
  });
});
