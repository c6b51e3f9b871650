import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { LogSink } from './log.ts';

export interface FileSinkOptions {
  readonly folder: string;
  readonly now: () => number;
  /** A file this long is put aside and a new one begun, in bytes. Default 5 MB. */
  readonly maxBytes?: number;
  /** Files kept, the oldest go first. Default 20. */
  readonly maxFiles?: number;
}

/**
 * Appends lines to `engine-YYYYMMDD.log` (UTC), a file a day. A log that can't be written (disk full, folder gone)
 * is lost silently: it must never stop the engine.
 */
export function createFileSink(options: FileSinkOptions): LogSink {
  const { folder, now, maxBytes = 5 * 1024 * 1024, maxFiles = 20 } = options;
  let open: { readonly file: number; readonly day: string; bytes: number } | null = null;

  const close = (): void => {
    if (open !== null) closeSync(open.file);
    open = null;
  };
  const begin = (day: string): { file: number; day: string; bytes: number } => {
    close();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = openSync(join(folder, `engine-${day}.log`), 'a', 0o600);
    forgetOldest(folder, maxFiles);
    return { file, day, bytes: fstatSync(file).size };
  };
  const putAside = (day: string): void => {
    close();
    const path = join(folder, `engine-${day}.log`);
    const used = readdirSync(folder).map((name) =>
      Number(/^engine-(\d{8})\.(\d+)\.log$/.exec(name)?.[2] ?? 0),
    );
    const next = String(Math.max(0, ...used) + 1).padStart(4, '0');
    renameSync(path, join(folder, `engine-${day}.${next}.log`));
  };

  return {
    write: (line) => {
      try {
        const day = new Date(now()).toISOString().slice(0, 10).replaceAll('-', '');
        if (open?.day === day && open.bytes >= maxBytes) putAside(day);
        open = open?.day === day ? open : begin(day);
        open.bytes += writeSync(open.file, `${line}\n`);
      } catch {
        open = null;
      }
    },
    close: () => {
      try {
        close();
      } catch {
        open = null;
      }
    },
  };
}

function forgetOldest(folder: string, maxFiles: number): void {
  const files = readdirSync(folder).filter(isLogFile);
  for (const name of files.sort(byAge).slice(0, -maxFiles)) rmSync(join(folder, name), { force: true });
}

/** Whether a file of the log folder is one of these. */
export function isLogFile(name: string): boolean {
  return /^engine-\d{8}(\.\d+)?\.log$/.test(name);
}

/** For `sort`, the oldest first. Of one day, the numbered ones come before the one being written. */
export function byAge(a: string, b: string): number {
  const key = (name: string): string => (/\.\d+\.log$/.test(name) ? name : name.replace('.log', '.~'));
  return key(a) < key(b) ? -1 : 1;
}
