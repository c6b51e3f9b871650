import { z } from 'zod';
import { call } from './define.ts';

/** Why a backup was made; `added`: somebody put this file into the folder. */
export type BackupKind = 'scheduled' | 'by-hand' | 'before-migration' | 'before-restore' | 'added';

/** One backup, checked when it was made (an added one only when it is restored). */
export interface BackupView {
  /** Its file's name. */
  readonly name: string;
  readonly kind: BackupKind;
  /** UTC milliseconds. */
  readonly at: number;
  readonly bytes: number;
}

/** Damaged files that were put aside. */
export interface PutAside {
  readonly folder: string;
  readonly bytes: number;
}

/**
 * What was done about a damaged or replaced database, in plain figures. `lost-changes`: its last changes can't be read,
 * it is in use without them; `not-restored`: the backup a person chose could not be opened; `taken-over`: from another
 * machine; `moved`: from another folder of this one.
 */
export interface RecoveryReport {
  readonly kind: 'damaged' | 'restored-by-hand' | 'not-restored' | 'lost-changes' | 'taken-over' | 'moved';
  /** UTC milliseconds. */
  readonly at: number;
  /** The backup that was put in its place, and of when; null: none was (where it was damaged a new one was begun). */
  readonly backup: { readonly name: string; readonly at: number } | null;
  /** Of `lost-changes`: the newest moment the database still knows of; later changes may be lost. UTC milliseconds. */
  readonly keptUntil: number | null;
  /** Where what was replaced, or can't be read, is kept; null when nothing is. */
  readonly quarantine: string | null;
  /** Unsent messages and drafts that could be read from the replaced one and were put back. */
  readonly savedMessages: number;
  readonly savedDrafts: number;
  /** Stores that leave no more: by which proxy they did can't be read. */
  readonly stoppedStores: number;
  /** Unsent messages whose fate is unknown: each waits for a person. */
  readonly held: number;
}

/** Keeping a copy, and what happened when one was needed. Feed: `backups`. */
export const backupsContract = {
  'backups.list': call<{
    /** Newest first. */
    backups: BackupView[];
    folder: string;
    /** When the next scheduled one is due; null while they are off. */
    nextAt: number | null;
    /** Why the last one was not made; null when it was. */
    lastError: string | null;
    /** Null when nothing was. */
    putAside: PutAside | null;
  }>()(z.object({})),
  /** Error: `unreachable` with reason `disk-full`, `damaged`, or another; then none was made. */
  'backups.make': call<BackupView>()(z.object({})),
  /**
   * Puts a backup in the place of the database; what is there now is kept as a backup first. The engine starts again.
   * Every message not surely sent is held. Errors: `not-found`, `invalid` with reason `damaged` or `newer`, `conflict`
   * with reason `copy` where the data is only shown.
   */
  'backups.restore': call<null>()(z.object({ name: z.string().min(1).max(200) })),
  /** The last report a person has not put away. */
  'backups.report': call<RecoveryReport | null>()(z.object({})),
  'backups.dismissReport': call<null>()(z.object({})),
  /** This data was copied from another machine and is only shown: from now on this machine reads and sends. */
  'backups.takeOver': call<null>()(z.object({})),
};
