import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { RandomBytes } from '../../base/random.ts';
import type { Host } from '../host.ts';
import type { Log } from '../parts.ts';
import type { DataKey } from './seal.ts';

const fileSchema = z.object({
  version: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** The same key, wrapped by each key store a host had; any one of them opens it. */
  wraps: z.array(z.object({ by: z.string(), blob: z.string() })).min(1),
});
type KeyFile = z.infer<typeof fileSchema>;

/** The keys of a data folder. */
export interface KeyRing {
  /** Seals everything new. */
  readonly current: DataKey;
  /** Keys that were lost once and can be read again; they only open. */
  readonly earlier: readonly DataKey[];
}

interface KeyInput {
  /** Path of `key.json`. */
  readonly path: string;
  readonly host: Host;
  readonly randomBytes: RandomBytes;
  readonly log: Log;
}

/**
 * Opens the data key, or makes one. A key file that this host can't open (another computer, another account, a
 * damaged file) is kept aside under its own name and tried again at every start; a new key takes its place, so
 * that everything but the secrets goes on. Throws only when the host does not answer.
 */
export async function openKeyRing(input: KeyInput): Promise<KeyRing> {
  const earlier = await openEarlier(input);
  if (existsSync(input.path)) {
    const file = readKeyFile(input.path);
    const current = file === null ? null : await unwrap(file, input.host);
    if (file !== null && current !== null) {
      await addWraps(input, file, current);
      return { current, earlier };
    }
    keepAside(input, file);
  }
  return { current: await makeKey(input), earlier };
}

async function makeKey({ path, host, randomBytes, log }: KeyInput): Promise<DataKey> {
  const key: DataKey = { id: Buffer.from(randomBytes(8)).toString('hex'), bytes: randomBytes(32) };
  const wraps = await host.wrapKey({ key: Buffer.from(key.bytes).toString('base64') });
  if (wraps.length === 0) throw new Error('The host could not wrap the data key.');
  writeWhole(path, { version: 1, id: key.id, wraps });
  log.info('key-made', { by: wraps.map((wrap) => wrap.by) });
  return key;
}

async function unwrap(file: KeyFile, host: Host): Promise<DataKey | null> {
  const answer = await host.unwrapKey({ wraps: file.wraps });
  if (answer === null) return null;
  const bytes = Buffer.from(answer.key, 'base64');
  return bytes.length === 32 ? { id: file.id, bytes } : null;
}

/** The other host may have key stores the file has no wrap for yet: both then open the same data by themselves. */
async function addWraps({ path, host, log }: KeyInput, file: KeyFile, key: DataKey): Promise<void> {
  const known = new Set(file.wraps.map((wrap) => wrap.by));
  const offered = await host.wrapKey({ key: Buffer.from(key.bytes).toString('base64') });
  const added = offered.filter((wrap) => !known.has(wrap.by));
  if (added.length === 0) return;
  writeWhole(path, { ...file, wraps: [...file.wraps, ...added] });
  log.info('key-wrapped', { by: added.map((wrap) => wrap.by) });
}

function keepAside({ path, randomBytes, log }: KeyInput, file: KeyFile | null): void {
  const mark = file?.id ?? `damaged-${Buffer.from(randomBytes(4)).toString('hex')}`;
  renameSync(path, join(dirname(path), `key.${mark}.json`));
  log.warn('key-lost', { keptAs: `key.${mark}.json` });
}

async function openEarlier({ path, host }: KeyInput): Promise<DataKey[]> {
  const folder = dirname(path);
  const names = existsSync(folder)
    ? readdirSync(folder).filter((name) => /^key\.[0-9a-f]{16}\.json$/.test(name))
    : [];
  const keys: DataKey[] = [];
  for (const name of names) {
    const file = readKeyFile(join(folder, name));
    const key = file === null ? null : await unwrap(file, host);
    if (key !== null) keys.push(key);
  }
  return keys;
}

function readKeyFile(path: string): KeyFile | null {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Written whole under another name first: a kill in between must not cost the key. */
function writeWhole(path: string, file: KeyFile): void {
  const partial = `${path}.partial`;
  writeFileSync(partial, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  const handle = openSync(partial, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(partial, path);
}
