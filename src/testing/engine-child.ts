// A process that opens a data folder and holds it, or dies inside a migration, for the tests that kill it.
// Arguments: hold DATA MIGRATIONS | recover DATA MIGRATIONS N | migrate DATABASE MIGRATIONS KILL_POINT
import { openWithRecovery } from '../engine/backups/open.ts';
import { applyMigrations, pendingMigrations } from '../engine/db/migrate.ts';
import { readMigrations } from '../engine/db/migrations-folder.ts';
import { openDataFolder } from '../engine/db/data-folder.ts';
import { openDatabase } from '../engine/db/open.ts';
import { killAtChange } from './kill-at.ts';
import { memoryLog } from './temp-engine.ts';

const [task, target = '', migrations = '', killPoint = ''] = process.argv.slice(2);

if (task === 'hold') {
  await openDataFolder({
    dataDir: target,
    migrationsDir: migrations,
    log: memoryLog(),
    now: () => Date.now(),
  });
  process.send?.('open');
  process.on('message', () => undefined);
} else if (task === 'recover') {
  killAtChange(Number(killPoint));
  const input = { dataDir: target, migrationsDir: migrations, log: memoryLog(), now: () => Date.now() };
  await (await openWithRecovery(input, () => 0)).close();
} else {
  const db = openDatabase(target);
  // `kill_point(n)` in a migration's SQL ends the process there, as a power cut would end it.
  db.function('kill_point', (point: unknown) => {
    if (String(point) === killPoint) process.kill(process.pid, 'SIGKILL');
    return point;
  });
  applyMigrations(db, pendingMigrations(db, readMigrations(migrations)), () => 0);
  db.close();
}
