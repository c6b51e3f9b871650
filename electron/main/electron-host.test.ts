import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildIfChanged } from '../../scripts/lib/build.ts';
import { ROOT } from '../../scripts/lib/project.ts';

const run = promisify(execFile);
const TIME_LIMIT_MS = 180_000;

const info = z.object({
  ok: z.literal(true),
  value: z.object({ epoch: z.string(), space: z.string(), storeCount: z.number() }),
});
const answer = z.object({ status: z.number(), csp: z.string().nullable(), type: z.string().nullable() });
const report = z.object({
  schemes: z.array(z.object({ scheme: z.string(), privileges: z.record(z.string(), z.boolean()) })),
  sandboxed: z.boolean(),
  webPreferences: z.record(z.string(), z.unknown()),
  address: z.string(),
  windows: z.number(),
  preload: z.object({
    posts: z.array(z.unknown()),
    exposed: z.array(z.string()),
    required: z.array(z.string()),
  }),
  guards: z.record(z.string(), z.unknown()),
  page: answer,
  outside: answer,
  media: answer,
  first: info,
  second: info,
  practice: info,
  systemEvents: z.array(z.string()),
  running: z.number(),
});

const home = mkdtempSync(join(tmpdir(), 'counterdesk-electron-'));
let seen: z.infer<typeof report>;

beforeAll(async () => {
  await buildIfChanged({ quiet: true });
  const script = join(ROOT, 'src/testing/electron-stand-in-run.ts');
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, 'config'), APPDATA: home };
  const { stdout } = await run(process.execPath, [script, join(home, 'data')], {
    env,
    timeout: TIME_LIMIT_MS,
  });
  seen = report.parse(JSON.parse(stdout));
}, TIME_LIMIT_MS);

afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the built Electron host, on a stand-in for the electron module', () => {
  it('opens one window that has nothing of Node', () => {
    expect(seen.windows).toBe(1);
    expect(seen.sandboxed).toBe(true);
    expect(seen.address).toBe('counterdesk://app/');
    expect(seen.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  it('loads a preload a sandboxed window can load: CommonJS, with electron alone', () => {
    expect(seen.webPreferences['preload']).toMatch(/[\\/]out[\\/]preload[\\/]index\.cjs$/);
    expect(seen.preload.required).toEqual(['electron']);
  });

  it('hands the page a port for each engine, to its own origin, and nothing else', () => {
    expect(seen.preload.exposed).toEqual([]);
    const post = ['counterdesk:port', 'counterdesk://app', 1];
    expect(seen.preload.posts).toEqual([post, post, post]);
  });

  it('lets the page go nowhere, open nothing, and use nothing of the browser', () => {
    expect(seen.guards).toEqual({
      navigation: Array.from({ length: 12 }, () => true),
      ownReload: false,
      webview: true,
      download: true,
      ownDownload: false,
      newWindow: { action: 'deny' },
      permissionRequest: false,
      permissionCheck: false,
      devicePermission: false,
      network: { cancel: true },
    });
  });

  it('serves the page by a secure scheme of its own, with a strict content policy', () => {
    expect(seen.schemes).toEqual([
      {
        scheme: 'counterdesk',
        privileges: expect.objectContaining({ standard: true, secure: true }) as unknown,
      },
    ]);
    expect(seen.schemes[0]?.privileges).not.toHaveProperty('bypassCSP');
    expect(seen.page).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(seen.page.csp).toContain("default-src 'none'");
    expect(seen.outside.status).toBe(404);
    expect(seen.media.status).toBe(404);
  });

  it('carries a call from the page to a real engine and back, and again after the engine was killed', () => {
    expect(seen.first.value.space).toBe('real');
    expect(seen.second.value.epoch).not.toBe(seen.first.value.epoch);
  });

  it('starts the sandbox as a process of its own when practice is chosen', () => {
    expect(seen.practice.value).toMatchObject({ space: 'practice', storeCount: 6 });
  });

  it('tells the engine that the machine woke and that the system has no network', () => {
    expect(seen.systemEvents).toEqual(['resume', 'offline']);
  });

  it('leaves nothing running when it quits', () => {
    expect(seen.running).toBe(0);
  });
});
