import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { backupDatabase } from '../engine/db/backup.ts';
import type { OpenDataFolder } from '../engine/db/data-folder.ts';
import type { Db } from '../engine/db/database.ts';
import { backupName } from '../engine/backups/names.ts';
import { openWithRecovery } from '../engine/backups/open.ts';
import { dataPaths } from '../engine/paths.ts';
import { fillDesk, writeDraft, writeOwn } from './full-desk.ts';
import { memoryLog, migrationsDir } from './temp-engine.ts';

const child = fileURLToPath(new URL('engine-child.ts', import.meta.url));

/** When the backup of a restorable desk was made, UTC milliseconds. */
export const MADE_AT = Date.UTC(2026, 0, 5, 8);

const countUnsent = (db: Db): number =>
  db.prepare<[], { n: number }>('SELECT count(*) AS n FROM outbox').get()?.n ?? 0;

/** Opens a data folder as the engine does. */
export function openDesk(dataDir: string, now: number, migrations = migrationsDir): Promise<OpenDataFolder> {
  const input = { dataDir, migrationsDir: migrations, log: memoryLog(), now: () => now };
  return openWithRecovery(input, countUnsent);
}

/** What tells one state of the desk from another. */
export const themeOf = (db: Db): string | undefined =>
  db.prepare<[], { value: string }>("SELECT value FROM settings WHERE key = 'theme'").get()?.value;
export const setTheme = (db: Db, theme: string): void =>
  void db.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)').run('theme', theme);

/** Makes a data folder with a backup ("old"), and changes since: theme "new", an unsent message and a draft. */
export async function makeRestorable(dataDir: string): Promise<void> {
  const data = await openDesk(dataDir, MADE_AT + 3_600_000);
  fillDesk(data.db);
  setTheme(data.db, 'old');
  await backupDatabase(data.db, dataPaths(dataDir).backups, backupName('scheduled', MADE_AT, 1));
  setTheme(data.db, 'new');
  writeOwn(data.db, 'not sent yet');
  writeDraft(data.db, 'half a sentence', 9);
  await data.close();
}

/** Opens a data folder in a process that kills itself before its nth change of the file system; whether it came to that. */
export async function openKilledAt(dataDir: string, n: number): Promise<boolean> {
  const killed = fork(child, ['recover', dataDir, migrationsDir, String(n)], {
    execArgv: [],
    stdio: 'inherit',
  });
  const [, signal] = (await once(killed, 'exit')) as [number | null, string | null];
  return signal === 'SIGKILL';
}
