import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import type { RecoveryReport } from '../../contract/backups.ts';
import { writeWhole } from '../db/files.ts';

const schema: z.ZodType<RecoveryReport> = z.object({
  kind: z.enum(['damaged', 'restored-by-hand', 'not-restored', 'lost-changes', 'taken-over', 'moved']),
  at: z.number(),
  backup: z.object({ name: z.string(), at: z.number() }).nullable(),
  keptUntil: z.number().nullable().default(null),
  quarantine: z.string().nullable(),
  savedMessages: z.number(),
  savedDrafts: z.number(),
  stoppedStores: z.number().default(0),
  held: z.number(),
});

/** What the last restore came to, until a person puts it away. Beside the database: it must outlive that. */
export function readReport(path: string): RecoveryReport | null {
  if (!existsSync(path)) return null;
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** Keeps a report in the place of the one before. */
export function writeReport(path: string, report: RecoveryReport): void {
  writeWhole(path, JSON.stringify(report));
}

/** A person has read it. */
export function dismissReport(path: string): void {
  rmSync(path, { force: true });
}
