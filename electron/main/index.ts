import { join, resolve } from 'node:path';
import { app, type BrowserWindow, dialog, Menu, session, type Tray } from 'electron';
import { systemClock } from '../../src/base/system-clock.ts';
import { createDesk, type Desk } from '../../src/hosting/desk.ts';
import { openKeyFile } from '../../src/hosting/key-file.ts';
import { makeFolder } from '../../src/hosting/make-folder.ts';
import { findStoreBrowser } from '../../src/hosting/store-browser.ts';
import { machineOf } from '../../src/hosting/machine.ts';
import { lineLog } from '../../src/hosting/log.ts';
import { openPageFiles } from '../../src/hosting/page.ts';
import { defaultDataRoot, keyFilePath, thisMachine } from '../../src/hosting/spaces.ts';
import { openAppWindow, showWindow } from './app-window.ts';
import { readFlags } from './flags.ts';
import { guardAllContents, guardSession } from './guards.ts';
import { electronAnswers } from './host-answers.ts';
import { createPagePorts, type PagePorts } from './page-ports.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { watchSystem } from './system-events.ts';
import { putInTray } from './tray.ts';
import { utilityEngine, utilitySandbox } from './utility.ts';
import { hostWords } from './words.ts';

const flags = readFlags(process.argv.slice(app.isPackaged ? 1 : 2));
const dataRoot = flags.data === null ? defaultDataRoot(thisMachine()) : resolve(flags.data);
const built = join(app.getAppPath(), 'out');
const log = lineLog((line) => process.stderr.write(line), Date.now);

let window: BrowserWindow | undefined;
let tray: Tray | null = null;
let ending = false;

const raise = (): void => {
  if (window !== undefined) showWindow(window);
};
const icon = join(app.getAppPath(), 'resources/icons/icon.png');

function makeDesk(): { desk: Desk; pages: PagePorts } {
  const keyFile = openKeyFile(keyFilePath(thisMachine()));
  const desk = createDesk({
    root: dataRoot,
    migrationsDir: join(app.getAppPath(), 'migrations'),
    version: app.getVersion(),
    spawnEngine: () => utilityEngine(join(built, 'main/engine.js')),
    spawnSandbox: utilitySandbox,
    sandboxScript: join(built, 'main/sandbox.js'),
    machine: () => machineOf(keyFile),
    browser: findStoreBrowser,
    answers: electronAnswers({ keyFile, log, showWindow: raise }),
    clock: systemClock,
    random: Math.random,
    log,
    onState: (state) => {
      if (!ending) pages.follow(state);
    },
  });
  const pages = createPagePorts(desk, systemClock);
  return { desk, pages };
}

function openWindow(pages: PagePorts): void {
  window = openAppWindow({
    preload: join(built, 'preload/index.cjs'),
    icon,
    placeFile: join(dataRoot, 'window.json'),
    onLoaded: ({ webContents }) => pages.connect(webContents),
  });
  tray ??= putInTray(icon, raise);
  window.on('closed', () => {
    window = undefined;
  });
}

/** The application ends only after engine and sandbox have finished. */
function quitInOrder(desk: Desk): void {
  let ended = false;
  app.on('before-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    if (ending) return;
    ending = true;
    void desk.close().finally(() => {
      ended = true;
      app.quit();
    });
  });
}

async function start(): Promise<void> {
  await app.whenReady();
  Menu.setApplicationMenu(
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  );
  const { desk, pages } = makeDesk();
  guardSession(session.defaultSession);
  servePage(session.defaultSession, await openPageFiles(join(built, 'renderer')), desk);
  quitInOrder(desk);
  watchSystem(systemClock, desk.tell);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (window === undefined) openWindow(pages);
  });
  app.on('second-instance', raise);
  openWindow(pages);
  await desk.open(flags.sandbox ? 'practice' : 'real');
}

registerPageScheme();
guardAllContents();
app.enableSandbox();
// Chromium's own files; the single-instance lock goes by this folder too, so each DATA has its own.
const profile = join(dataRoot, 'window');
makeFolder(profile);
app.setPath('userData', profile);

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    log.error('can not start', { error: String(error) });
    dialog.showErrorBox(hostWords().cannotStart, error instanceof Error ? error.message : String(error));
    app.exit(1);
  });
} else {
  app.quit();
}
