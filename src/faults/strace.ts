import { spawn, spawnSync } from 'node:child_process';

/** A process that makes no write within this time is killed all the same. Milliseconds. */
const NO_WRITE_MS = 3_000;

/** Whether processes can be killed inside a write here: needs `strace`, and the right to trace. */
export function canKillInWrite(): boolean {
  const tried = spawnSync('strace', [
    '-o',
    '/dev/null',
    '-e',
    'inject=pwrite64:signal=KILL:when=9999',
    'true',
  ]);
  return tried.status === 0;
}

/** Kills a process at its nth `pwrite64` from now on, before that write happens. Resolves when it is dead or gone. */
export function killInWrite(pid: number, nth: number): Promise<void> {
  const rule = `inject=pwrite64:signal=KILL:when=${nth}`;
  return new Promise((resolve) => {
    const tracer = spawn(
      'strace',
      ['-f', '-o', '/dev/null', '-e', 'trace=pwrite64', '-e', rule, '-p', String(pid)],
      {
        stdio: 'ignore',
      },
    );
    const timer = setTimeout(() => {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It died meanwhile.
      }
    }, NO_WRITE_MS);
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    tracer.once('error', end);
    tracer.once('exit', end);
  });
}
