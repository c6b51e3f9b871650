import { connectToElectron, fetchFromElectron, uploadToElectron } from './electron-host.ts';
import type { Attempt } from './link.ts';
import type { UploadOutcome } from './upload.ts';
import { connectToWebHost, fetchFromWebHost, uploadToWebHost } from './web-host.ts';

/** The web host serves the page over http on the loopback address; Electron has a scheme of its own. */
const inWebHost = (): boolean => location.protocol === 'http:';

/** Reaches the engine through whichever host shows this page. */
export const connectToHost = (): Promise<Attempt> => (inWebHost() ? connectToWebHost() : connectToElectron());

/** The bytes of a picture, named `<space>/<hash>`; rejects when they can't be had. */
export const fetchMedia = (picture: string, signal: AbortSignal): Promise<Blob> =>
  inWebHost() ? fetchFromWebHost(picture, signal) : fetchFromElectron(picture, signal);

/** Puts a picture into the open data folder; never rejects. */
export const uploadPicture = (bytes: Blob): Promise<UploadOutcome> =>
  inWebHost() ? uploadToWebHost(bytes) : uploadToElectron(bytes);

/** Asks the host to start a refused engine again: `retry` makes the web host try; Electron does so for a fresh page. */
export function askHostAgain(retry: () => void): void {
  if (inWebHost()) retry();
  else location.reload();
}
