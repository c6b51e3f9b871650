import { readFileSync } from 'node:fs';

/**
 * Bytes of memory these processes use together, what they share counted once; null where this system does not say
 * (proc(5), `smaps_rollup`: Linux alone). A process that has gone counts nothing.
 */
export function memoryOf(processIds: readonly number[]): number | null {
  if (process.platform !== 'linux') return null;
  return processIds.reduce((sum, processId) => sum + shareOf(processId), 0);
}

function shareOf(processId: number): number {
  try {
    const [, kibibytes = '0'] =
      /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/smaps_rollup`, 'utf8')) ?? [];
    return Number(kibibytes) * 1024;
  } catch {
    return 0;
  }
}
