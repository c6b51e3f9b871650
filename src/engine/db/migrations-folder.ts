import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';

/** One file of the migrations folder. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text with Unix line ends, so that a Windows checkout counts as the same file. */
  readonly checksum: string;
}

const FILE_NAME = /^(\d{4})-([a-z0-9-]+)\.sql$/;

/**
 * Every `NNNN-name.sql` of the folder, in order. Throws `StartError('failed-migration')` when a number is missing
 * or twice there, or a name does not fit: a migration that is silently left out is worse than no start.
 */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name, index) => {
    const match = FILE_NAME.exec(name);
    const version = Number(match?.[1]);
    if (match?.[2] === undefined) throw new StartError('failed-migration', `Not a migration's name: ${name}`);
    if (version !== index + 1) {
      throw new StartError('failed-migration', `Migration ${index + 1} is missing or doubled; found ${name}`);
    }
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    const checksum = createHash('sha256').update(sql).digest('hex');
    return { version, name: match[2], sql, checksum };
  });
}
