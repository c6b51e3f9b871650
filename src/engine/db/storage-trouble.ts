import { accessSync, constants, statfsSync } from 'node:fs';
import { CodedError } from '../../base/errors.ts';
import type { StorageTrouble } from '../../contract/system.ts';

/** With less than this free a file that could not be written is put down to a full disk, in bytes. */
const FULL_BELOW = 1024 * 1024;

/**
 * What keeps the data folder from being written, by the code of SQLite's or the system's error; null: something else.
 */
export function storageTrouble(error: unknown, folder: string): StorageTrouble | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return 'disk-full';
  if (/^(SQLITE_READONLY|EROFS|EACCES|EPERM)/.test(code)) return 'read-only-file';
  if (!/^(SQLITE_IOERR|SQLITE_CANTOPEN|EIO)/.test(code)) return null;
  if (!isWritable(folder)) return 'read-only-file';
  return freeBytes(folder) < FULL_BELOW ? 'disk-full' : 'file-trouble';
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The same trouble as an error a page can put into words; the message is for the log. */
export function storageError(trouble: StorageTrouble, cause: unknown): CodedError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new CodedError('internal', `The data folder can not be written: ${why}`, { reason: trouble }, cause);
}

/** Bytes this person may still write on the disk of a folder; endless where the system does not say. */
export function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
