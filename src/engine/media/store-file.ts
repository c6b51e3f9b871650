import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

const UNFINISHED = '.part';

/**
 * Puts bytes under the name of their SHA-256 and answers it. Whole or not at all: written beside, synced, renamed.
 * Equal bytes are kept once.
 */
export type StoreFile = (bytes: Uint8Array) => Promise<string>;

/** What an earlier engine left unfinished in `folder` is deleted before the first file is stored. */
export function createStoreFile(folder: string): StoreFile {
  let serial = 0;
  let prepared: Promise<void> | undefined;
  return async (bytes) => {
    prepared ??= prepare(folder);
    try {
      await prepared;
    } catch (error) {
      prepared = undefined;
      throw error;
    }
    const hash = createHash('sha256').update(bytes).digest('hex');
    const path = join(folder, hash);
    const stored = await stat(path).catch(() => null);
    if (stored?.size === bytes.byteLength) return hash;
    // Two addresses may bring the same bytes at the same time.
    serial += 1;
    await writeWhole(`${path}-${serial}${UNFINISHED}`, path, bytes);
    return hash;
  };
}

async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  await Promise.all(
    names.filter((name) => name.endsWith(UNFINISHED)).map((name) => rm(join(folder, name), { force: true })),
  );
}

async function writeWhole(temporary: string, path: string, bytes: Uint8Array): Promise<void> {
  try {
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
