import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What SQLite keeps beside a database file, by its ending; the file itself first. */
export const DATABASE_ENDS = ['', '-wal', '-shm', '-journal'] as const;

/** Waits until a file's bytes are on the disk. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Waits until the names in a folder are on the disk. Windows can't, and does not need it. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Writes a small file whole or not at all: killed at any point, the old content is there or the new one. */
export function writeWhole(path: string, text: string | Uint8Array): void {
  const draft = `${path}.partial`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, path);
  syncFolder(dirname(path));
}

/** Gives a file another name; nothing happens when it is not there (a step that is done a second time). */
export function moveIfThere(from: string, to: string): void {
  if (!existsSync(from)) return;
  renameSync(from, to);
}

/** Removes a closed database with what SQLite keeps beside it. */
export function removeDatabase(path: string): void {
  for (const end of DATABASE_ENDS) rmSync(`${path}${end}`, { force: true });
}
