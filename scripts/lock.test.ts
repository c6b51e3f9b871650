import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from './lib/project.ts';

const versions = z.record(z.string(), z.string()).default({});
const entry = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  dependencies: versions,
  devDependencies: versions,
  optionalDependencies: versions,
});
const readLock = (path: string) =>
  z
    .object({ packages: z.record(z.string(), entry) })
    .parse(JSON.parse(readFileSync(join(ROOT, path), 'utf8'))).packages;
const lock = readLock('package-lock.json');
const manifest = entry.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
const installed = Object.entries(lock).filter(([path]) => path !== '');

/** The lock's entry for `name` as the package at `path` would find it. */
function resolve(path: string, name: string) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = lock[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`];
    if (found !== undefined || folder === '') return found;
  }
}

const optional = Object.entries(lock).flatMap(([path, { optionalDependencies }]) =>
  Object.entries(optionalDependencies).map(([name, range]) => ({ path, name, range })),
);

describe('the lock', () => {
  // npm writes only this machine's platform when another's package is out of reach; elsewhere `npm ci` then fails.
  it('holds every optional package, for all platforms', () => {
    const missing = optional.filter(({ path, name }) => resolve(path, name) === undefined);
    expect(missing).toEqual([]);
  });

  it('holds the ones we know to matter', () => {
    const families = [
      /^node-(linux|win)-/,
      /^@oxlint\/binding-/,
      /^@oxlint-tsgolint\//,
      /^@rolldown\/binding-/,
    ];
    const more = [/^@oxc-parser\/binding-/, /^@typescript\/typescript-/, /^lightningcss-/];
    for (const family of [...families, ...more]) {
      expect(optional.filter(({ name }) => family.test(name)).length, String(family)).toBeGreaterThan(2);
    }
  });

  it('pins optional packages to the version asked for', () => {
    const exact = optional.filter(({ range }) => /^\d+\.\d+\.\d+$/.test(range));
    const wrong = exact.filter(({ path, name, range }) => resolve(path, name)?.version !== range);
    expect(wrong).toEqual([]);
  });

  it('names no address to fetch from, and checks every package', () => {
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(installed.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  });

  it('and package.json agree on exact versions', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    const asked = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(asked.filter(([name, version]) => lock[`node_modules/${name}`]?.version !== version)).toEqual([]);
  });
});
