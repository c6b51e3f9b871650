import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreDownload } from '../../contract/browsers.ts';

/** More of them are not listed. */
const MAX_LISTED = 500;

/** What lies in a store's folder of downloads, the newest first. */
export function listDownloads(folder: string): StoreDownload[] {
  const names = readNames(folder);
  const files = names.flatMap((name) => {
    const stats = statSync(join(folder, name), { throwIfNoEntry: false });
    return stats?.isFile() === true ? [{ name, size: stats.size, at: Math.round(stats.mtimeMs) }] : [];
  });
  return files.toSorted((one, other) => other.at - one.at).slice(0, MAX_LISTED);
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    // Nothing was ever downloaded.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
