import { PORT_MESSAGE } from '../../wire/electron-handshake.ts';
import { PATHS } from '../../wire/handshake.ts';
import { messagePort } from '../../wire/message-port.ts';
import { systemClock } from '../../base/system-clock.ts';
import type { Attempt } from './link.ts';
import { openLink } from './open-link.ts';
import { uploadTo, type UploadOutcome } from './upload.ts';

/** Longer than an engine takes to start again; then the page waits anew, and says that it is reconnecting. */
const PORT_WAIT_MS = 30_000;

const arrived: MessagePort[] = [];
let wanted: ((port: MessagePort | null) => void) | null = null;

/**
 * Begins taking the ports that the preload hands over: one for every load and every start of the engine. Call it
 * before anything waits. `onSpare` is called when one came that nobody waited for.
 */
export function listenForPorts(onSpare: () => void): void {
  window.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return;
    if (wanted !== null) return wanted(port);
    arrived.push(port);
    onSpare();
  });
}

function nextPort(): Promise<MessagePort | null> {
  const newest = arrived.splice(0).at(-1);
  if (newest !== undefined) return Promise.resolve(newest);
  return new Promise((resolve) => {
    const cancel = systemClock.after(PORT_WAIT_MS, () => wanted?.(null));
    wanted = (port) => {
      wanted = null;
      cancel();
      resolve(port);
    };
  });
}

/** Reaches the engine through the port that Electron's preload hands over. */
export async function connectToElectron(): Promise<Attempt> {
  const port = await nextPort();
  return port === null ? { kind: 'unreachable' } : openLink(messagePort(port), systemClock);
}

/** A stored picture, answered by the window's own protocol; rejects when it can't be had. */
export async function fetchFromElectron(picture: string, signal: AbortSignal): Promise<Blob> {
  const answer = await fetch(PATHS.media + picture, { signal });
  if (!answer.ok) throw new Error(`The host answered ${answer.status}.`);
  return answer.blob();
}

/** Puts a picture into the open data folder. */
export function uploadToElectron(bytes: Blob): Promise<UploadOutcome> {
  return uploadTo(PATHS.upload, bytes, {});
}
