import { app, type Session, type WebContents } from 'electron';
import { PAGE_ORIGIN } from '../../src/wire/electron-handshake.ts';

/** True for the page's own address: it may reload itself, and go nowhere else. */
function isOwnPage(address: string): boolean {
  return address === `${PAGE_ORIGIN}/` || address.startsWith(`${PAGE_ORIGIN}/#`);
}

function guardContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; readonly url: string }): void => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Every web contents that will ever exist here stays on the page's own address and opens nothing. Call before `ready`. */
export function guardAllContents(): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
}

/**
 * What the page may ask the browser for: nothing. Electron grants every permission by default.
 * The page has no business on the network either: all its traffic is its port and its own scheme.
 */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // What the page made itself, a list to keep, is saved where the person says; nothing else is downloaded.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) event.preventDefault();
  });
  const network = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] };
  session.webRequest.onBeforeRequest(network, (_details, answer) => answer({ cancel: true }));
}
