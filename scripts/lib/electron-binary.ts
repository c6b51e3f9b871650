import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, say } from './project.ts';
import { runCommand } from './run-command.ts';

const FOLDER = join(ROOT, 'node_modules/electron');
/** Left when the binary could not be fetched, so that not every start waits for it. */
const REFUSED = join(ROOT, 'node_modules/.cache/electron-unavailable');
const FETCH_MS = 15_000;
const ASK_AGAIN_MS = 24 * 60 * 60 * 1000;

/** The Electron program that belongs to the installed package, or undefined while it has not been fetched. */
export function findElectron(folder: string = FOLDER): string | undefined {
  const note = join(folder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist');
  const program = join(dist, readFileSync(note, 'utf8').trim());
  return existsSync(program) ? program : undefined;
}

function refusedLately(now: number): boolean {
  return existsSync(REFUSED) && now - statSync(REFUSED).mtimeMs < ASK_AGAIN_MS;
}

/**
 * The Electron program, fetched by Electron's own installer if need be and if that takes no longer than 15 s.
 * Undefined when it can't be had; it is asked for again a day later.
 */
export async function obtainElectron(): Promise<string | undefined> {
  const present = findElectron();
  if (present !== undefined || refusedLately(Date.now())) return present;
  say('Fetching Electron (15 s at most) ...');
  await runCommand(process.execPath, [join(FOLDER, 'install.js')], { timeoutMs: FETCH_MS, quiet: true });
  const fetched = findElectron();
  mkdirSync(dirname(REFUSED), { recursive: true });
  if (fetched === undefined) writeFileSync(REFUSED, '');
  else rmSync(REFUSED, { force: true });
  return fetched;
}
