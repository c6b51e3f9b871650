import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { RandomBytes } from '../../base/random.ts';

/** The data key: 32 random bytes, and a name by which sealed values know it. */
export interface DataKey {
  /** 8 bytes as hex. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Layout: version (1), key id (8), nonce (12), tag (16), ciphertext. */
const VERSION = 1;
const NONCE = 9;
const TAG = 21;
const TEXT = 37;

/**
 * Seals a text under its name with AES-256-GCM. The name is bound to it: a value copied to another name, as whoever
 * can write the file might, does not open there.
 */
export function seal(key: DataKey, name: string, text: string, randomBytes: RandomBytes): Uint8Array {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce);
  cipher.setAAD(boundName(name));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(VERSION), Buffer.from(key.id, 'hex'), nonce, cipher.getAuthTag(), sealed]);
}

/** The text, or null when the key is not the one it was sealed with, or the value or its name was changed. */
export function unseal(key: DataKey, name: string, sealed: Uint8Array): string | null {
  if (sealed.length < TEXT || sealed[0] !== VERSION || keyIdOf(sealed) !== key.id) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(NONCE, TAG));
    decipher.setAAD(boundName(name));
    decipher.setAuthTag(sealed.subarray(TAG, TEXT));
    return Buffer.concat([decipher.update(sealed.subarray(TEXT)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** The id of the key a value was sealed with. */
export function keyIdOf(sealed: Uint8Array): string {
  return Buffer.from(sealed.subarray(1, NONCE)).toString('hex');
}

function boundName(name: string): Buffer {
  return Buffer.from(`counterdesk secret ${name}`, 'utf8');
}
