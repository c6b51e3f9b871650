import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** Connections and requests that servers of this process were given, by the port they came to. */
export interface SeenConnections {
  /** The addresses they came from, in order, since the last `forget`. */
  from(...ports: number[]): readonly string[];
  forget(): void;
  stop(): void;
}

/** Watches every server of this process: who is seen here was connected, whatever our own records say. */
export function seeConnections(): SeenConnections {
  let seen: { readonly port: number; readonly from: string }[] = [];
  const note = (message: unknown): void => {
    const { localPort = 0, remoteAddress = '' } = (message as { readonly socket: Socket }).socket;
    seen.push({ port: localPort, from: remoteAddress });
  };
  const channels = ['net.server.socket', 'http.server.request.start'];
  for (const channel of channels) subscribe(channel, note);
  return {
    from: (...ports) => seen.filter(({ port }) => ports.includes(port)).map(({ from }) => from),
    forget: () => {
      seen = [];
    },
    stop: () => {
      for (const channel of channels) unsubscribe(channel, note);
    },
  };
}
