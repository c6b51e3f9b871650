import { BrowserWindow, screen } from 'electron';
import { PAGE_ORIGIN } from '../../src/wire/electron-handshake.ts';
import { placeWithin, readPlace, SMALLEST, writePlace } from './window-state.ts';

export interface AppWindowOptions {
  readonly preload: string;
  readonly icon: string;
  /** Where the window's place is remembered. */
  readonly placeFile: string;
  /** The page is there, or there again after a reload. */
  onLoaded(window: BrowserWindow): void;
}

/** A page that fell over comes back so often within the time below; after that the person decides. */
const MAX_RELOADS = 3;
const RELOADS_FORGOTTEN_MS = 60_000;
/** A hanging page gets this long to come round before it is ended. In milliseconds. */
const HANG_MS = 20_000;

/** Loads the page anew when its process crashed or hangs; the engine has what was typed. */
function reviveWhenGone(window: BrowserWindow): void {
  let reloads: number[] = [];
  let hanging: NodeJS.Timeout | undefined;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    clearTimeout(hanging);
    if (reason === 'clean-exit') return;
    const now = Date.now();
    reloads = [...reloads.filter((at) => now - at < RELOADS_FORGOTTEN_MS), now];
    if (reloads.length <= MAX_RELOADS) window.webContents.reload();
  });
  window.on('unresponsive', () => {
    hanging = setTimeout(() => window.webContents.forcefullyCrashRenderer(), HANG_MS);
  });
  window.on('responsive', () => clearTimeout(hanging));
  window.on('closed', () => clearTimeout(hanging));
}

/** Opens the one app window. What the page may do is set here and nowhere else. */
export function openAppWindow({ preload, icon, placeFile, onLoaded }: AppWindowOptions): BrowserWindow {
  const place = readPlace(placeFile);
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...placeWithin(place, displays),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Counterdesk',
    icon,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      // Its dictionaries would be fetched from the network, past every store's own exit.
      spellcheck: false,
    },
  });
  if (place?.maximized === true) window.maximize();
  window.on('close', () => {
    writePlace(placeFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  });
  reviveWhenGone(window);
  window.once('ready-to-show', () => window.show());
  window.webContents.on('did-finish-load', () => onLoaded(window));
  void window.loadURL(`${PAGE_ORIGIN}/`);
  return window;
}

/** Brings a window back in front of the person. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
