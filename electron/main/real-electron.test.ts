import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIfChanged } from '../../scripts/lib/build.ts';
import { findElectron } from '../../scripts/lib/electron-binary.ts';
import { ROOT } from '../../scripts/lib/project.ts';
import { hasDisplay } from '../../src/hosting/display.ts';

const program = findElectron();
const possible = program !== undefined && hasDisplay();
const missing = program === undefined ? "Electron's program is" : 'a display is';
const why = possible ? '' : `: NOT RUN HERE, ${missing} not on this machine`;
const TIME_LIMIT_MS = 120_000;

describe.skipIf(!possible)(`in the real Electron${why}`, () => {
  const home = mkdtempSync(join(tmpdir(), 'counterdesk-real-'));
  let running: ElectronApplication | undefined;

  beforeAll(async () => {
    await buildIfChanged({ quiet: true });
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    running = await _electron.launch({
      ...(program === undefined ? {} : { executablePath: program }),
      args: [ROOT, ...asRoot, '--sandbox', '--data', join(home, 'data')],
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, 'config') } as Record<string, string>,
    });
  }, TIME_LIMIT_MS);

  afterAll(async () => {
    await running?.close();
    rmSync(home, { recursive: true, force: true });
  }, TIME_LIMIT_MS);

  it(
    'the page reaches its engine, and nothing of Node',
    async () => {
      const page = await running?.firstWindow();
      await page?.getByRole('main').waitFor({ timeout: TIME_LIMIT_MS });
      expect(page?.url()).toBe('counterdesk://app/');
      expect(await page?.evaluate(() => typeof Reflect.get(globalThis, 'require'))).toBe('undefined');
    },
    TIME_LIMIT_MS,
  );
});
