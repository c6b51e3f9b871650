import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '../../base/errors.ts';
import type { BackupKind, BackupView } from '../../contract/backups.ts';
import { backupDatabase } from '../db/backup.ts';
import type { EngineParts } from '../parts.ts';
import { StartError } from '../start-error.ts';
import type { createChanges } from './changes.ts';
import { listBackups, nextBackupName } from './names.ts';
import { noLongerNeeded } from './retention.ts';

type MadeKind = Exclude<BackupKind, 'added'>;

interface MakerInput extends Pick<EngineParts, 'db' | 'clock' | 'log' | 'feed'> {
  readonly folder: string;
  readonly changes: ReturnType<typeof createChanges>;
  /** The backup a restore is to put back. */
  readonly wanted: () => string | null;
  /** A copy of the database was found damaged. */
  onDamage(): void;
}

/** Makes backups, one at a time. */
export interface Maker {
  /** Whatever is cleared away after it, `keep` stays, as does what a restore waits for. Errors as `backups.make`. */
  make(kind: MadeKind, keep?: string): Promise<BackupView>;
  /** Why the last one was not made; null when it was. */
  lastError(): string | null;
  /** When none is being made. */
  settled(): Promise<unknown>;
}

/** Makes them in this folder, and clears away those that are no longer needed. */
export function createMaker({ db, clock, log, feed, folder, changes, wanted, onDamage }: MakerInput): Maker {
  let lastError: string | null = null;
  // One at a time: they would clear away each other's half-made files.
  let queue: Promise<unknown> = Promise.resolve();

  const makeNow = async (kind: MadeKind, keep?: string): Promise<BackupView> => {
    const name = nextBackupName(folder, kind, clock.now());
    const restoreChanges = changes.begin();
    try {
      await backupDatabase(db, folder, name);
    } catch (error) {
      restoreChanges();
      throw failed(error);
    }
    changes.settle();
    lastError = null;
    for (const old of noLongerNeeded(listBackups(folder))) {
      if (old !== keep && old !== wanted()) rmSync(join(folder, old), { force: true });
    }
    const made = listBackups(folder).find((backup) => backup.name === name);
    if (made === undefined) throw new CodedError('internal', `The backup ${name} is gone again`);
    log.info('made', { name, bytes: made.bytes });
    feed.emit('backups');
    return made;
  };
  const failed = (error: unknown): unknown => {
    const isBroken = error instanceof StartError;
    lastError = isBroken ? 'damaged' : ((error as Partial<CodedError>).details?.reason ?? 'other');
    log.error('not-made', { error });
    feed.emit('backups');
    if (!isBroken) return error;
    onDamage();
    return new CodedError('unreachable', 'The database is damaged', { reason: 'damaged' }, error);
  };
  const make = (kind: MadeKind, keep?: string): Promise<BackupView> => {
    const made = queue.then(() => makeNow(kind, keep));
    queue = made.catch(() => {});
    return made;
  };

  return { make, lastError: () => lastError, settled: () => queue };
}
