import { MessageChannelMain, type WebContents } from 'electron';
import type { Clock } from '../../src/base/time.ts';
import type { Desk } from '../../src/hosting/desk.ts';
import type { EngineState } from '../../src/hosting/engine-supervisor.ts';
import { PORT_CHANNEL } from '../../src/wire/electron-handshake.ts';
import type { StartFailedFrame } from '../../src/wire/handshake.ts';

/** While another program has the data open it is asked for again this often. In milliseconds. */
const LOCKED_RETRY_MS = 30_000;

/** The line between the window's page and the engine. */
export interface PagePorts {
  /** Gives the page a fresh line: joined as soon as an engine is ready, or told why none can start. */
  connect(contents: WebContents): void;
  /** Hears of every state of the engine: a page whose engine is gone gets a line to the next one. */
  follow(state: EngineState): void;
}

/** Makes it for the one page there is: a page that connects takes the place of the one before. */
export function createPagePorts(
  desk: Pick<Desk, 'handOver' | 'state'>,
  clock: Pick<Clock, 'after'>,
): PagePorts {
  let page: WebContents | undefined;
  let wasReady = false;
  let leave = (): void => {};
  let cancelRetry = (): void => {};

  const connect = (contents: WebContents): void => {
    leave();
    cancelRetry();
    if (contents.isDestroyed()) return;
    page = contents;
    const engineEnd = postPort(contents);
    let isCurrent = true;
    const forget = desk.handOver(engineEnd, ({ reason, message }) => {
      if (!isCurrent || contents.isDestroyed()) return;
      const frame: StartFailedFrame = { startFailed: { reason, message } };
      // An engine that met the damage while it ran has taken the other pair over.
      const own = postPort(contents);
      own.postMessage(JSON.stringify(frame));
      own.close();
      if (reason === 'locked') cancelRetry = clock.after(LOCKED_RETRY_MS, () => connect(contents));
    });
    leave = () => {
      isCurrent = false;
      forget();
      engineEnd.close();
    };
  };

  return {
    connect,
    follow({ kind }) {
      // A failed engine is not started anew by itself, and the page is told by its own listener.
      const lost = wasReady && kind !== 'ready' && kind !== 'failed';
      wasReady = kind === 'ready';
      if (lost && page !== undefined) connect(page);
    },
  };
}

/** Posts one end of a new pair of ports to the page and answers the other. */
function postPort(contents: WebContents): Electron.MessagePortMain {
  const { port1, port2 } = new MessageChannelMain();
  contents.postMessage(PORT_CHANNEL, null, [port1]);
  return port2;
}
