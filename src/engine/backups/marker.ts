import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '../db/files.ts';

const schema = z.object({
  /** `lost-changes`: the log beside the database lost commits; the database is kept as it was before them. */
  kind: z.enum(['damaged', 'restored-by-hand', 'lost-changes']),
  /** UTC milliseconds. */
  at: z.number(),
  /**
   * What is to be done next. `copy-log`, `move-log`: the broken log is to be put aside, and the database to be looked
   * through without what it lost; `aside`: the database is to be moved away; `install`: a backup is to be put in its
   * place; `finish`: what is to be in use is there, and what was unsent is to be brought over and held.
   */
  step: z.enum(['copy-log', 'move-log', 'aside', 'install', 'finish']),
  /** The folder under `quarantine/` that takes what is put aside. */
  folder: z.string().regex(/^[\w.-]+$/),
  /** The backup that is put in place; null: not chosen yet, or there is none. */
  backup: z.string().nullable(),
  /** Of when the data is that comes into use, UTC milliseconds; null: not known yet, or a new database is begun. */
  since: z.number().nullable().default(null),
  /** Backups that turned out to be no good. */
  tried: z.array(z.string()),
});

/** Where a restore stands. It is a file, so that a kill between two steps is followed by the next one. */
export type Recovery = z.infer<typeof schema>;

/** The restore that is under way; null when none is. A file that says nothing sensible counts as none. */
export function readRecovery(path: string): Recovery | null {
  if (!existsSync(path)) return null;
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Notes the next step; on disk when this returns. */
export function writeRecovery(path: string, recovery: Recovery): void {
  writeWhole(path, JSON.stringify(recovery));
}

/** It is done. */
export function endRecovery(path: string): void {
  rmSync(path, { force: true });
}
