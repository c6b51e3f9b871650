import type { StartFailure } from '../wire/host-link.ts';
import type { Port } from '../wire/port.ts';
import type { EngineChild } from './engine-child.ts';

/** Told instead of a connection when the engine can't start. */
export type FailedListener = (failure: { readonly reason: StartFailure; readonly message: string }) => void;

interface Guest {
  join(child: EngineChild): void;
  /** The engine it had joined is gone. */
  leave(): void;
  readonly onFailed: FailedListener;
}

/** The pages of one host: some wait for an engine, some are connected to it. */
export interface Guests {
  attach(port: Port, onFailed: FailedListener, child: EngineChild | undefined): void;
  /** Answers what to call when this page is gone: its port lives in the engine process, so nobody here sees it end. */
  handOver(port: unknown, onFailed: FailedListener, child: EngineChild | undefined): () => void;
  joinAll(child: EngineChild): void;
  leaveAll(): void;
  fail(failure: Parameters<FailedListener>[0]): void;
  /** A frame of the engine for a page. */
  deliver(client: number, text: string): void;
  /** The engine closed this page's connection. */
  drop(client: number): void;
}

/** Makes an empty house. */
export function createGuests(): Guests {
  const waiting = new Set<Guest>();
  const joined = new Set<Guest>();
  const ports = new Map<number, Port>();
  let lastClient = 0;

  const welcome = (guest: Guest, child: EngineChild | undefined): void => {
    if (child === undefined) {
      waiting.add(guest);
      return;
    }
    joined.add(guest);
    guest.join(child);
  };

  const attach: Guests['attach'] = (port, onFailed, child) => {
    lastClient += 1;
    const client = lastClient;
    let current: EngineChild | undefined;
    const guest: Guest = {
      onFailed,
      join(engine) {
        current = engine;
        ports.set(client, port);
        engine.post({ kind: 'connect', client });
        port.onMessage((text) => engine.post({ kind: 'frame', client, text }));
      },
      leave() {
        current = undefined;
        port.close();
      },
    };
    port.onClose(() => {
      waiting.delete(guest);
      joined.delete(guest);
      ports.delete(client);
      current?.post({ kind: 'disconnect', client });
    });
    welcome(guest, child);
  };

  const handOver: Guests['handOver'] = (port, onFailed, child) => {
    lastClient += 1;
    const client = lastClient;
    // Its other end learns by itself when the engine process ends.
    const guest: Guest = {
      onFailed,
      join: (engine) => engine.post({ kind: 'connect', client }, [port]),
      leave: () => {},
    };
    welcome(guest, child);
    return () => {
      waiting.delete(guest);
      joined.delete(guest);
    };
  };

  return {
    attach,
    handOver,
    joinAll(child) {
      const all = [...waiting];
      waiting.clear();
      for (const guest of all) welcome(guest, child);
    },
    leaveAll() {
      const all = [...joined];
      joined.clear();
      for (const guest of all) guest.leave();
    },
    fail(failure) {
      const all = [...waiting, ...joined];
      waiting.clear();
      joined.clear();
      for (const guest of all) guest.onFailed(failure);
    },
    deliver: (client, text) => ports.get(client)?.post(text),
    drop: (client) => ports.get(client)?.close(),
  };
}
