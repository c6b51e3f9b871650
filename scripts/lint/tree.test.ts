import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../lib/project.ts';

/** What the product's owner wants to see at the top, then community files, then tool configuration. */
const TOP = new Set(
  `src electron resources migrations electron-builder.yml package.json tsconfig.json vite.config.ts
   playwright.config.ts README.md docs scripts .ci
   ARCHITECTURE.md CONTRIBUTING.md CHANGELOG.md CODE_OF_CONDUCT.md SECURITY.md LICENSE NOTICE
   package-lock.json tsconfig.base.json vitest.config.ts knip.json .oxlintrc.json .prettierrc.json
   .prettierignore .npmrc .gitignore .gitattributes .editorconfig .github`.split(/\s+/),
);
/** Made by the commands or by a person's own tools, and no part of the project. */
const MADE = new Set(
  '.git node_modules out dist .cache test-results playwright-report .vscode .idea .DS_Store'.split(' '),
);

const sources = globSync(['src/**/*.{ts,tsx}', 'electron/**/*.ts', 'scripts/**/*.{ts,mjs}', '*.ts'], {
  cwd: ROOT,
});

describe('the tree', () => {
  it('has at its top only what belongs there', () => {
    expect(readdirSync(ROOT).filter((name) => !TOP.has(name) && !MADE.has(name))).toEqual([]);
  });

  it('switches no check off beside the code', () => {
    // In two parts, or this file would find itself.
    const comment = new RegExp('(oxlint|eslint|prettier)-' + '(disable|ignore)');
    const found = sources.filter((file) => comment.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(found).toEqual([]);
  });

  it('keeps what everything may import small', () => {
    const helpers = readdirSync(join(ROOT, 'src/base')).filter((file) => /(?<!\.test)\.ts$/.test(file));
    expect(helpers.length).toBeLessThanOrEqual(20);
  });
});
