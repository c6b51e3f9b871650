import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import type { Log } from '../parts.ts';
import { safeFileName } from './safe-name.ts';

/** Keeps what a page downloads: in the browser itself it lies under a random name and goes with its context. */
export function keepDownloads(page: Page, folder: string, log: Log): void {
  /** Names that are given away, though nothing lies there yet. */
  const taken = new Set<string>();
  const save = async (download: Download): Promise<void> => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const isTaken = (name: string): boolean => taken.has(name) || existsSync(join(folder, name));
    const name = safeFileName(download.suggestedFilename(), isTaken);
    taken.add(name);
    try {
      await download.saveAs(join(folder, name));
    } finally {
      taken.delete(name);
    }
  };
  page.on('download', (download) => {
    save(download).catch((error: unknown) => log.warn('download-failed', { error }));
  });
}
