import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Names these wraps among those of other key stores. */
export const KEY_FILE_STORE = 'key-file';

const KEY_BYTES = 32;
const ID_BYTES = 8;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 1;

export type Unwrapped =
  | { readonly state: 'ok'; readonly key: Uint8Array }
  /** Nothing at the path: another computer or user, or it was deleted. */
  | { readonly state: 'no-key-file' }
  /** There is a key file, but this was wrapped with another one. */
  | { readonly state: 'wrong-key' }
  /** Made by this key file, but changed since. */
  | { readonly state: 'damaged' };

/** A file with a random key, readable by its owner alone, that wraps the data key of the engine. */
export interface KeyFile {
  /** Answers base64 text. Makes the key file if there is none. */
  wrap(key: Uint8Array): Promise<string>;
  unwrap(blob: string): Promise<Unwrapped>;
  /** 32 bytes for another purpose, the same at every start. Makes the key file if there is none. */
  derive(purpose: string): Promise<Uint8Array>;
}

/** Opens the key file at `path`. Throws when the file is there and isn't one, rather than replace it. */
export function openKeyFile(path: string): KeyFile {
  return {
    async wrap(key) {
      const own = await readOrMake(path);
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', own, iv);
      const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), keyId(own), iv, cipher.getAuthTag(), sealed]).toString(
        'base64',
      );
    },
    async unwrap(blob) {
      const own = await read(path);
      return own === null ? { state: 'no-key-file' } : open(own, Buffer.from(blob, 'base64'));
    },
    async derive(purpose) {
      return new Uint8Array(
        hkdfSync('sha256', await readOrMake(path), '', `counterdesk ${purpose}`, KEY_BYTES),
      );
    },
  };
}

function open(own: Buffer, blob: Buffer): Unwrapped {
  const ivAt = 1 + ID_BYTES;
  const tagAt = ivAt + IV_BYTES;
  const sealedAt = tagAt + TAG_BYTES;
  if (blob.length <= sealedAt || blob[0] !== VERSION) return { state: 'damaged' };
  if (!blob.subarray(1, ivAt).equals(keyId(own))) return { state: 'wrong-key' };
  try {
    const decipher = createDecipheriv('aes-256-gcm', own, blob.subarray(ivAt, tagAt));
    decipher.setAuthTag(blob.subarray(tagAt, sealedAt));
    return { state: 'ok', key: Buffer.concat([decipher.update(blob.subarray(sealedAt)), decipher.final()]) };
  } catch {
    return { state: 'damaged' };
  }
}

/** Tells keys apart without revealing them. */
function keyId(key: Buffer): Buffer {
  return createHash('sha256').update('counterdesk key id').update(key).digest().subarray(0, ID_BYTES);
}

async function readOrMake(path: string): Promise<Buffer> {
  return (await read(path)) ?? make(path);
}

async function read(path: string): Promise<Buffer | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'hex');
  if (key.length !== KEY_BYTES) throw new Error(`${path} is not a key file of Counterdesk.`);
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) await chmod(path, 0o600);
  return key;
}

/** Written beside and linked into place, so that two hosts starting at once end up with one key. */
async function make(path: string): Promise<Buffer> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(KEY_BYTES).toString('hex')}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await read(path);
  if (made === null) throw new Error(`${path} could not be made.`);
  return made;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
