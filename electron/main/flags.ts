import { parseArgs } from 'node:util';

/** What the command line asks of this host. */
export interface Flags {
  /** Start in practice. */
  readonly sandbox: boolean;
  /** Keep everything in this folder; null for the usual one. */
  readonly data: string | null;
}

/** Reads our own flags and leaves Chromium's alone. `args` without the program and the application's path. */
export function readFlags(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: { sandbox: { type: 'boolean' }, data: { type: 'string' } },
    strict: false,
  });
  return { sandbox: values.sandbox === true, data: typeof values.data === 'string' ? values.data : null };
}
