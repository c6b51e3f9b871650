import { MessageChannelMain, type WebContents } from 'electron';
import type { Desk } from '../../src/hosting/desk.ts';
import { PORT_CHANNEL } from '../../src/wire/electron-handshake.ts';
import type { StartFailedFrame } from '../../src/wire/handshake.ts';

/** A page that was refused gets its next line, and the engine its next try, after this long. In milliseconds. */
const NEXT_TRY_MS = 30_000;

/**
 * Gives a page a fresh line to the engine: one end of a pair of ports each, joined as soon as an engine is ready.
 * If none can start the line says why, and ends.
 */
export function connectPage(contents: WebContents, desk: Pick<Desk, 'handOver'>): void {
  if (contents.isDestroyed()) return;
  const { port1, port2 } = new MessageChannelMain();
  contents.postMessage(PORT_CHANNEL, null, [port1]);
  desk.handOver(port2, ({ reason, message }) => {
    const frame: StartFailedFrame = { startFailed: { reason, message } };
    port2.postMessage(JSON.stringify(frame));
    port2.close();
    setTimeout(() => connectPage(contents, desk), NEXT_TRY_MS).unref();
  });
}
