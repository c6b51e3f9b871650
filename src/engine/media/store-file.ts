import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Puts bytes under the name of their SHA-256 and answers it. Whole or not at all: written beside, synced, renamed.
 * Equal bytes are kept once.
 */
export async function storeFile(folder: string, bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const path = join(folder, hash);
  const stored = await stat(path).catch(() => null);
  if (stored?.size === bytes.byteLength) return hash;
  await mkdir(folder, { recursive: true });
  const temporary = `${path}.part`;
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
  return hash;
}
