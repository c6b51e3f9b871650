import type { EngineToHost } from '../../wire/host-link.ts';
import { portState, type PortState } from '../../wire/port-state.ts';
import type { Port } from '../../wire/port.ts';

/** The ports of pages whose frames come over the host's link, by client number. */
export interface PagePorts {
  open(client: number): Port;
  deliver(client: number, text: string): void;
  /** The host says that this page is gone. */
  drop(client: number): void;
}

/** Splits the one link into a port a page. */
export function createPagePorts(post: (message: EngineToHost) => void): PagePorts {
  const states = new Map<number, PortState>();
  return {
    open(client) {
      const state = portState();
      states.set(client, state);
      return {
        post: (text) => {
          if (!state.isClosed()) post({ kind: 'frame', client, text });
        },
        onMessage: state.onMessage,
        onClose: state.onClose,
        close: () => {
          if (!state.shut()) return;
          states.delete(client);
          post({ kind: 'disconnect', client });
        },
      };
    },
    deliver: (client, text) => states.get(client)?.deliver(text),
    drop(client) {
      states.get(client)?.shut();
      states.delete(client);
    },
  };
}
