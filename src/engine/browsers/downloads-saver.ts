import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import type { Log } from '../parts.ts';
import { safeFileName } from './safe-name.ts';

/**
 * Keeps what a page downloads: in the browser itself it lies under a random name and goes with its context. `taken`: names
 * in small letters that are given away in this folder, though nothing lies there yet.
 */
export function keepDownloads(page: Page, folder: string, taken: Set<string>, log: Log): void {
  const save = async (download: Download): Promise<void> => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const isTaken = (name: string): boolean =>
      taken.has(name.toLowerCase()) || existsSync(join(folder, name));
    const name = safeFileName(download.suggestedFilename(), isTaken);
    taken.add(name.toLowerCase());
    try {
      await download.saveAs(join(folder, name));
    } finally {
      taken.delete(name.toLowerCase());
    }
  };
  page.on('download', (download) => {
    save(download).catch((error: unknown) => log.warn('download-failed', { error }));
  });
}
