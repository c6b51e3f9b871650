import { randomBytes } from 'node:crypto';
import { uuidv7 } from '../base/ids.ts';
import { systemClock } from '../base/system-clock.ts';
import { createClient, type ClientCore, type Connection } from '../renderer/app/create-client.ts';
import type { Attempt } from '../renderer/app/link.ts';
import { openLink } from '../renderer/app/open-link.ts';
import { uploadTo, type UploadOutcome } from '../renderer/app/upload.ts';
import { PATHS, type SessionFrame } from '../wire/handshake.ts';
import { socketPort } from '../wire/socket-port.ts';
import type { HostProcess } from './host.ts';

/** The page's own client, with the host's socket under it. */
export interface RunPage extends Pick<ClientCore, 'call' | 'onFeed'> {
  /** How it stands with its engine. */
  readonly connection: () => Connection;
  newId(): string;
  /** Puts a picture into the data folder by the host's upload address. */
  upload(picture: Uint8Array<ArrayBuffer>): Promise<UploadOutcome>;
}

/** A person asks again this soon when the engine refused to start. Milliseconds. */
const ASK_AGAIN_MS = 500;

async function sessionOf(address: string): Promise<string> {
  const url = new URL(address);
  const token = url.hash.replace('#token=', '');
  const answer = await fetch(new URL(PATHS.session, url), {
    method: 'POST',
    body: JSON.stringify({ token }),
  });
  return ((await answer.json()) as SessionFrame).session;
}

/**
 * Opens the page on a host that has started once. The session holds over all later starts of the host; should it not,
 * the run ends with `onLost`.
 */
export async function openPage(host: HostProcess, onLost: (why: string) => void): Promise<RunPage> {
  const session = await sessionOf(host.address);
  let connection: Connection = { state: 'connecting', reason: null, info: null };
  const connect = async (): Promise<Attempt> => {
    const socket = new WebSocket(`${host.origin.replace(/^http/, 'ws')}${PATHS.socket}`);
    const port = socketPort(socket);
    port.post(JSON.stringify({ session } satisfies SessionFrame));
    return openLink(port, systemClock);
  };
  const client = createClient({
    connect,
    clock: systemClock,
    random: Math.random,
    onChange: (next) => {
      connection = next;
      if (next.state === 'start-failed') setTimeout(() => client.retryNow(), ASK_AGAIN_MS);
      if (next.state === 'no-session') onLost('the host does not know the page any more');
    },
  });
  client.start();
  return {
    call: client.call,
    onFeed: client.onFeed,
    connection: () => connection,
    upload: (picture) =>
      uploadTo(`${host.origin}${PATHS.upload}`, new Blob([picture]), { authorization: `Bearer ${session}` }),
    newId: () => uuidv7(Date.now(), randomBytes),
  };
}
