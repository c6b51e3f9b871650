import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Room for the database, its backups and its journal. Megabytes. */
const SIZE_MB = 768;
const BLOCK = Buffer.alloc(1024 * 1024);

/** A folder on a disk of its own that can be filled on cue; where that may not be, an ordinary folder. */
export interface SmallDisk {
  /** False: nobody may mount here, and `fill` does nothing. */
  readonly canFill: boolean;
  /** Not one byte more can be written to it from now on. */
  fill(): void;
  empty(): void;
  unmount(): void;
}

function writeAll(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (let block = BLOCK; block.length > 0;) {
      try {
        if (writeSync(file, block) < block.length) block = block.subarray(0, block.length >> 1);
      } catch {
        block = block.subarray(0, block.length >> 1);
      }
    }
  } finally {
    closeSync(file);
  }
}

/** Makes the folder. Mounting takes root. */
export function makeSmallDisk(folder: string): SmallDisk {
  mkdirSync(folder, { recursive: true });
  const options = ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=0700`, 'tmpfs', folder];
  const canFill = process.platform === 'linux' && spawnSync('mount', options).status === 0;
  const filler = join(folder, 'filler');
  return {
    canFill,
    fill: () => {
      if (canFill) writeAll(filler);
    },
    empty: () => rmSync(filler, { force: true }),
    unmount: () => {
      if (canFill) spawnSync('umount', ['-l', folder]);
    },
  };
}
