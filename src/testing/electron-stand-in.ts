/**
 * Stands in for the `electron` module where its binary is not: enough for the built main process to run in plain
 * Node, and to see what it set. A test's process puts it in place with `module.registerHooks`.
 */
import { EventEmitter } from 'node:events';
import { ROOT_FOLDER, type Seen } from './electron-stand-in-seen.ts';
import type { PortMain } from './electron-stand-in-ports.ts';
export { MessageChannelMain } from './electron-stand-in-ports.ts';
export { utilityProcess } from './electron-stand-in-utility.ts';

/** Everything main did to the module, for the test to judge. */
export const seen: Seen = {
  schemes: [],
  windows: [],
  posted: new EventEmitter(),
  handlers: new Map(),
  opened: [],
  badges: [],
  notified: [],
  sandboxed: false,
};

class AppStandIn extends EventEmitter {
  readonly isPackaged = false;
  readonly #paths = new Map<string, string>();
  getAppPath = (): string => ROOT_FOLDER;
  getVersion = (): string => '0.0.0-test';
  getPath = (name: string): string => this.#paths.get(name) ?? '';
  setPath = (name: string, path: string): void => void this.#paths.set(name, path);
  getPreferredSystemLanguages = (): string[] => ['zh-Hans-SG', 'en-SG'];
  whenReady = (): Promise<void> => Promise.resolve();
  requestSingleInstanceLock = (): boolean => true;
  enableSandbox = (): void => {
    seen.sandboxed = true;
  };
  setBadgeCount = (count: number): boolean => {
    seen.badges.push(count);
    return true;
  };
  exit = (code: number): void => process.exit(code);
  quit = (): void => {
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (!prevented) this.emit('quitting');
  };
}
export const app = new AppStandIn();

class WebContentsStandIn extends EventEmitter {
  windowOpenHandler: (() => { action: string }) | undefined;
  isDestroyed = (): boolean => false;
  setWindowOpenHandler = (handler: () => { action: string }): void => {
    this.windowOpenHandler = handler;
  };
  postMessage = (channel: string, message: unknown, transfer: readonly PortMain[] = []): void => {
    seen.posted.emit('message', { channel, message, ports: transfer.map((port) => port.raw) });
  };
  reload = (): void => void this.emit('did-finish-load');
  forcefullyCrashRenderer = (): void => void this.emit('render-process-gone', {}, { reason: 'crashed' });
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContentsStandIn();
  constructor(options: Seen['windows'][number]['options']) {
    super();
    app.emit('web-contents-created', {}, this.webContents);
    seen.windows.push({ options, contents: this.webContents, address: '' });
  }
  loadURL = async (address: string): Promise<void> => {
    const window = seen.windows.find(({ contents }) => contents === this.webContents);
    if (window !== undefined) window.address = address;
    await Promise.resolve();
    this.webContents.emit('did-finish-load');
  };
  getNormalBounds = (): object => ({ x: 0, y: 0, width: 1440, height: 900 });
  isMaximized = (): boolean => false;
  isMinimized = (): boolean => false;
  maximize = (): void => {};
  restore = (): void => {};
  show = (): void => {};
  focus = (): void => {};
}

/** Remembers the handler main sets under `name`. */
const keep =
  (name: string) =>
  (...args: unknown[]): void =>
    void seen.handlers.set(name, args.at(-1) as never);

export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: keep('permission-request'),
    setPermissionCheckHandler: keep('permission-check'),
    setDevicePermissionHandler: keep('device-permission'),
    webRequest: { onBeforeRequest: keep('request') },
    protocol: { handle: keep('page') },
  }),
};

export const protocol = {
  registerSchemesAsPrivileged: (schemes: Seen['schemes']): void => void seen.schemes.push(...schemes),
};

export class Notification extends EventEmitter {
  static isSupported = (): boolean => true;
  readonly #options: object;
  constructor(options: object) {
    super();
    this.#options = options;
  }
  show = (): void => void seen.notified.push(this.#options);
}

/** The machine's sleep, and whether its system says that there is a network. */
export const powerMonitor = new EventEmitter();
export const net = { online: true, isOnline: (): boolean => net.online };

export const shell = {
  openExternal: (address: string): Promise<void> => Promise.resolve(void seen.opened.push(address)),
};
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
export const Menu = { setApplicationMenu: (): void => {}, buildFromTemplate: () => ({}) };
/** A system with a key store: reversible and good for nothing else. */
export const safeStorage = {
  getSelectedStorageBackend: () => 'gnome_libsecret',
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(`sealed ${text}`)),
  decryptStringAsync: (sealed: Buffer) =>
    Promise.resolve({ result: sealed.toString().replace('sealed ', ''), shouldReEncrypt: false }),
};
export class Tray extends EventEmitter {
  setToolTip = (): void => {};
  setContextMenu = (): void => {};
}
export const nativeImage = { createFromPath: () => ({ resize: () => ({}) }) };
export const dialog = { showErrorBox: (): void => {} };
