import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const POLL_MS = 100;
/** A lock is made and then written to: one that names nobody this long after lost its maker in between. */
const NAMELESS_MS = 5_000;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process runs all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** True when a lock is there and nobody holds it any more. `now` in UTC milliseconds. */
export function isLeftBehind(path: string, now: number): boolean {
  try {
    const holder = Number(readFileSync(path, 'utf8'));
    if (Number.isSafeInteger(holder) && holder > 0) return !isRunning(holder);
  } catch {
    // Unreadable: its age decides.
  }
  const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && now - made > NAMELESS_MS;
}

/** Waits until the lock is this process's own. The returned function gives it back. */
export async function takeLock(path: string): Promise<() => void> {
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch {
      if (isLeftBehind(path, Date.now())) rmSync(path, { force: true });
      else await wait(POLL_MS);
    }
  }
}
