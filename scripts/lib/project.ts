import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder, absolute, without a slash at its end. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** One line to the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Ends a script with one clear sentence and a failing exit code. */
export function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
