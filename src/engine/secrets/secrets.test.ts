import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryLog, tempDb } from '../../testing/temp-engine.ts';
import { memoryHost, type Host } from '../host.ts';
import { openKeyRing, type KeyRing } from './key-file.ts';
import { keyIdOf } from './seal.ts';
import { createSecrets, type Secrets } from './secrets.ts';

let temp: ReturnType<typeof tempDb>;
let path: string;
beforeEach(() => {
  temp = tempDb();
  path = join(temp.dataDir, 'key.json');
});
afterEach(() => temp.close());

/** A host with key stores of these names; each only opens its own wraps. */
function hostWith(...stores: string[]): Host {
  return {
    ...memoryHost(),
    wrapKey: ({ key }) => Promise.resolve(stores.map((by) => ({ by, blob: `${by}:${key}` }))),
    unwrapKey: ({ wraps }) => {
      const mine = wraps.find((wrap) => stores.includes(wrap.by));
      return Promise.resolve(mine === undefined ? null : { key: mine.blob.slice(mine.by.length + 1) });
    },
  };
}

const ring = (host: Host): Promise<KeyRing> => openKeyRing({ path, host, randomBytes, log: memoryLog() });
const secretsOf = (keys: KeyRing, hide: (secret: string) => void = () => undefined): Secrets =>
  createSecrets({ db: temp.db, keys, randomBytes, now: () => 5, hide });

test('a secret comes back after a restart, and neither it nor the key lies open in the folder', async () => {
  const keys = await ring(hostWith('file'));
  secretsOf(keys).write('store:1:tokens', 'tóken 秘密');
  expect(secretsOf(await ring(hostWith('file'))).read('store:1:tokens')).toBe('tóken 秘密');
  const sealed = temp.db.prepare<[], { sealed: Buffer }>('SELECT sealed FROM secrets').get()?.sealed;
  expect(sealed?.includes('秘密')).toBe(false);
  expect(keyIdOf(sealed ?? Buffer.alloc(0))).toBe(keys.current.id);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a value moved to another name, or changed, does not open', async () => {
  const secrets = secretsOf(await ring(hostWith('file')));
  secrets.write('store:1:tokens', 'mine');
  secrets.write('store:2:tokens', 'theirs');
  temp.db.exec(
    "UPDATE secrets SET sealed = (SELECT sealed FROM secrets WHERE name = 'store:1:tokens') WHERE name = 'store:2:tokens'",
  );
  expect(secrets.read('store:2:tokens')).toBeNull();
  for (let index = 0; index < 41; index += 1) {
    secrets.write('store:1:tokens', 'mine');
    const row = temp.db
      .prepare<[], { sealed: Buffer }>("SELECT sealed FROM secrets WHERE name = 'store:1:tokens'")
      .get();
    const sealed = row?.sealed ?? Buffer.alloc(0);
    sealed[index] = (sealed[index] ?? 0) ^ 1;
    temp.db.prepare("UPDATE secrets SET sealed = ? WHERE name = 'store:1:tokens'").run(sealed);
    expect(secrets.read('store:1:tokens')).toBeNull();
  }
  temp.db.exec("UPDATE secrets SET sealed = x'01'");
  expect(secrets.read('store:1:tokens')).toBeNull();
});

test('both hosts open the same data: a wrap is added for each key store', async () => {
  secretsOf(await ring(hostWith('file'))).write('a', 'x');
  secretsOf(await ring(hostWith('keychain', 'file')));
  expect(secretsOf(await ring(hostWith('keychain'))).read('a')).toBe('x');
  expect(secretsOf(await ring(hostWith('file'))).read('a')).toBe('x');
});

test('a lost key costs the secrets alone, is kept aside, and counts again once it can be opened', async () => {
  secretsOf(await ring(hostWith('old'))).write('a', 'x');
  const later = secretsOf(await ring(hostWith('new')));
  expect(later.read('a')).toBeNull();
  later.write('b', 'y');
  expect(readdirSync(temp.dataDir).filter((name) => name.startsWith('key'))).toHaveLength(2);
  const both = secretsOf(await ring(hostWith('old', 'new')));
  expect([both.read('a'), both.read('b')]).toEqual(['x', 'y']);
});

test.each(['', '{', '{"version":1,"id":"zz","wraps":[]}', 'null'])(
  'a damaged key file is kept aside: %j',
  async (text) => {
    writeFileSync(path, text);
    secretsOf(await ring(hostWith('file'))).write('a', 'x');
    expect(secretsOf(await ring(hostWith('file'))).read('a')).toBe('x');
    const kept = readdirSync(temp.dataDir).find((name) => name.startsWith('key.damaged-'));
    expect(readFileSync(join(temp.dataDir, kept ?? ''), 'utf8')).toBe(text);
  },
);

test('the log is told what to hide', async () => {
  const hidden: string[] = [];
  const keys = await ring(hostWith('file'));
  secretsOf(keys, (secret) => hidden.push(secret)).write('a', 'made');
  secretsOf(keys, (secret) => hidden.push(`read ${secret}`)).read('a');
  expect(hidden).toEqual(['made', 'read made']);
});
