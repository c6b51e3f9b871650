import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { takeLock } from './build-lock.ts';
import { ROOT, say } from './project.ts';
import { runNode } from './run-command.ts';

const STAMP = join(ROOT, 'out/.stamp');
const LOCK = join(ROOT, 'node_modules/.cache/build.lock');
/** Everything the built files are made from; a change in any of it means a new build. */
const INPUTS = [
  'src/**/*.{ts,tsx,css,html,json,svg,png,webp}',
  'electron/**/*.ts',
  'resources/**/*.{json,svg,png}',
  'vite.config.ts',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
];
const NOT_BUILT = /\.test\.tsx?$|^src\/(testing|e2e|bench)\/|tsconfig\.json$/;

/** A fingerprint of all sources, by path and content. */
export function hashOfSources(root: string = ROOT): string {
  const hash = createHash('sha256');
  const files = globSync(INPUTS, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !NOT_BUILT.test(file))
    .sort();
  for (const file of files) {
    if (!statSync(join(root, file)).isFile()) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** True when `out/` was built from exactly these sources. */
function isFresh(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashOfSources();
}

/**
 * Builds page, preload, engine and hosts into `out/` if any source changed since the last build.
 * Throws with the builder's exit code when it fails; a failed build leaves no stamp.
 */
export async function buildIfChanged({ quiet = false } = {}): Promise<'fresh' | 'built'> {
  if (isFresh()) return 'fresh';
  // Two builds at once would empty each other's folder, so one waits for the other.
  const giveBack = await takeLock(LOCK);
  try {
    if (isFresh()) return 'fresh';
    const hash = hashOfSources();
    const startedAt = performance.now();
    if (!quiet) say('Building what changed ...');
    rmSync(STAMP, { force: true });
    // Without "./" electron-vite refuses the file's name.
    const args = ['build', '--config', './vite.config.ts', '--logLevel', 'warn'];
    const code = await runNode('electron-vite', args, { quiet });
    if (code !== 0) throw new Error(`The build failed (exit code ${code}).`);
    mkdirSync(dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, hash);
    if (!quiet) say(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
    return 'built';
  } finally {
    giveBack();
  }
}
