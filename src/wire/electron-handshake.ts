/**
 * How a page comes to its engine in the Electron host. Main, preload and page share these constants.
 *
 * 1. After each load of the page, and again whenever the engine has been started anew, main makes a pair of ports,
 *    gives one to the engine and posts the other to the page's frame on `PORT_CHANNEL`.
 * 2. The preload hands it on: `window.postMessage(PORT_MESSAGE, location.origin, [port])`. The page takes
 *    `event.ports[0]` of a `message` event whose `source` is its own window and whose `data` is `PORT_MESSAGE`,
 *    and runs the wire over it. A port that comes later takes the place of the one before.
 * 3. When the engine can't start, or finds its database damaged while it runs, a further port comes, carries one
 *    `StartFailedFrame` and is closed. Main asks again by itself only for data that another program has open.
 * 4. When the engine goes away the port closes; a new one comes by itself. To ask again after a refused start
 *    the page reloads itself.
 */
export const PORT_CHANNEL = 'counterdesk:port';
export const PORT_MESSAGE = 'counterdesk:port';

/** The page's own scheme and address: a standard, secure origin that belongs to nobody else. */
export const PAGE_SCHEME = 'counterdesk';
export const PAGE_ORIGIN = 'counterdesk://app';
