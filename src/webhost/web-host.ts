import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '../base/time.ts';
import type { Space } from '../contract/system.ts';
import { createDesk, type Desk } from '../hosting/desk.ts';
import { forkEngine } from '../hosting/engine-child.ts';
import type { EngineState } from '../hosting/engine-supervisor.ts';
import { keyFileAnswers } from '../hosting/key-answers.ts';
import { openKeyFile } from '../hosting/key-file.ts';
import type { HostLog } from '../hosting/log.ts';
import { findStoreBrowser } from '../hosting/store-browser.ts';
import { machineOf } from '../hosting/machine.ts';
import { createAppWindow, type AppWindow } from './app-window.ts';
import { openDataFolder } from './data-folder.ts';
import { readHostFile, writeHostFile } from './host-file.ts';
import { openExternal } from './open-external.ts';
import { startWebServer } from './server.ts';
import { createSessions } from './sessions.ts';

export interface WebHostOptions {
  /** DATA. Absolute. */
  readonly root: string;
  readonly keyFile: string;
  readonly space: Space;
  /** Null: the port used last, else a free one. */
  readonly port: number | null;
  readonly version: string;
  readonly migrationsDir: string;
  readonly pageDir: string;
  readonly engineScript: string;
  readonly sandboxScript: string;
  /** The browser a window can be opened with, or null when there is none or no display. */
  readonly browser: string | null;
  readonly clock: Clock;
  readonly log: HostLog;
  /** The window was closed. */
  onWindowClosed(): void;
}

/** A running web host. */
export interface WebHost {
  readonly port: number;
  readonly desk: Desk;
  /** How the engine's first start ended: ready, or failed. */
  readonly startState: EngineState;
  address(): string;
  /** Opens the window; false when there is no browser or no display. */
  openWindow(): boolean;
  close(): Promise<void>;
}

/** A page in a browser notifies by itself. */
const notified = {
  notify: () => null,
  proxiesEnd: () => null,
  proxyBudgets: () => null,
  setBadge: () => null,
} as const;

/**
 * Starts engine, server and, in practice, the sandbox; resolves when the engine is ready or has said why it can't
 * start: pages are served all the same, to show it. Rejects when the sandbox or the server can't start.
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { root, clock, log } = options;
  await openDataFolder(root);
  const keyFile = openKeyFile(options.keyFile);
  const before = await readHostFile(root);
  const controlSecret = randomBytes(32).toString('base64url');
  const settled = Promise.withResolvers<EngineState>();
  let appWindow: AppWindow | undefined;

  const desk = createDesk({
    root,
    migrationsDir: options.migrationsDir,
    version: options.version,
    machine: () => machineOf(keyFile),
    browser: findStoreBrowser,
    spawnEngine: () => forkEngine(options.engineScript),
    sandboxScript: options.sandboxScript,
    answers: {
      ...keyFileAnswers(keyFile, log),
      openExternal: ({ url }) => openExternal(url),
      ...notified,
    },
    clock,
    random: Math.random,
    log,
    onState: (state) => {
      if (state.kind === 'ready' || state.kind === 'failed') settled.resolve(state);
    },
  });

  const openWindow = (): boolean => {
    appWindow?.open(server.address());
    return appWindow !== undefined;
  };
  // The folder is part of the purpose: a session of one DATA opens no other.
  const sessions = createSessions(await keyFile.derive(`web session of ${root}`), clock);
  const server = await startWebServer({
    pageDir: options.pageDir,
    port: options.port ?? before?.port ?? 0,
    sessions: {
      ...sessions,
      exchange: (token) => {
        const session = sessions.exchange(token);
        if (session !== null) appWindow?.tokenUsed(token);
        return session;
      },
    },
    controlSecret,
    desk,
    clock,
    log,
    openWindow,
    onPages: (count) => appWindow?.setPages(count),
  });
  if (options.browser !== null) {
    appWindow = createAppWindow({
      browser: options.browser,
      profileDir: join(root, 'app-window'),
      clock,
      log,
      onClosed: () => options.onWindowClosed(),
    });
  }

  const close = async (): Promise<void> => {
    appWindow?.close();
    await Promise.all([server.close(), desk.close()]);
    const now = await readHostFile(root);
    if (now?.secret === controlSecret) await writeHostFile(root, { port: server.port, secret: null });
  };
  try {
    await desk.open(options.space);
    const startState = await settled.promise;
    // Whoever holds the data is the one to be asked for an address.
    if (startState.kind !== 'failed' || startState.reason !== 'locked') {
      await writeHostFile(root, { port: server.port, secret: controlSecret });
    }
    return { port: server.port, desk, startState, address: server.address, openWindow, close };
  } catch (error) {
    await close();
    throw error;
  }
}
