import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDataFolder } from '../engine/db/data-folder.ts';
import { spaceDir } from '../hosting/spaces.ts';
import { memoryLog } from '../testing/temp-engine.ts';
import { nextPid } from './deeds.ts';
import type { HostProcess } from './host.ts';
import type { Death } from './schedule.ts';
import { killInWrite } from './strace.ts';

const migrations = fileURLToPath(new URL('../../migrations/', import.meta.url));
const FIRST = '0001-first-schema.sql';

/** Makes a practice folder as the first version left it: the first start of a run brings it up to date. */
export async function makeOldDesk(data: string, home: string): Promise<void> {
  const old = join(home, 'first-migrations');
  mkdirSync(old, { recursive: true });
  cpSync(join(migrations, FIRST), join(old, FIRST));
  const opened = await openDataFolder({
    dataDir: spaceDir(data, 'practice'),
    migrationsDir: old,
    log: memoryLog(),
    now: () => Date.now(),
  });
  await opened.close();
}

/** Kills one engine after the other while it starts. Answers how many died. */
export async function killFirstStarts(host: HostProcess, deaths: readonly Death[]): Promise<number> {
  let killed = 0;
  let before: number | undefined;
  for (const death of deaths) {
    const pid = await nextPid(host, 'engine', before);
    if (pid === undefined) break;
    if (death.how === 'in-write') await killInWrite(pid, death.nth);
    else process.kill(pid, 'SIGKILL');
    before = pid;
    killed += 1;
  }
  return killed;
}
