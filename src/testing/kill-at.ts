import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const WATCHED = ['renameSync', 'rmSync', 'copyFileSync', 'writeFileSync', 'mkdirSync', 'fsyncSync'] as const;

/** From here on this process kills itself before its n-th change of the file system, as a power cut would. */
export function killAtChange(n: number): void {
  let left = n;
  for (const name of WATCHED) {
    const real = fs[name] as (...args: unknown[]) => unknown;
    Reflect.set(fs, name, (...args: unknown[]) => {
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
      return real(...args);
    });
  }
  syncBuiltinESMExports();
}
