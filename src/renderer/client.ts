import { create } from 'zustand';
import { systemClock } from '../base/system-clock.ts';
import { createClient, type Connection } from './app/create-client.ts';
import { connectToHost } from './app/hosts.ts';

export { systemClock as clock };

const useConnection = create<Connection>(() => ({ state: 'connecting', reason: null, info: null }));

/**
 * The one way from the page to the engine.
 * `call` never rejects; while reconnecting it waits up to 10 s, then answers the error `closed`.
 * `onFeed` listeners get the ids that changed; an empty list means "any of them: read again", which is also
 * what they get after a gap, a new engine, or a reconnection.
 */
export const client = {
  ...createClient({
    connect: connectToHost,
    clock: systemClock,
    random: Math.random,
    onChange: (connection) => useConnection.setState(connection),
  }),
  /** React hook: how the page stands with its engine. */
  useConnection,
};
