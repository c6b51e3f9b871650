import type { Clock } from '../base/time.ts';
import type { Handlers } from '../contract/index.ts';
import type { Port } from '../wire/port.ts';
import { serve, type Connection } from '../wire/server.ts';
import type { LiveFeed } from './feed/feed.ts';
import type { Log } from './parts.ts';

/** The pages that are connected. */
export interface Pages {
  connect(port: Port): void;
  close(): void;
}

/** Answers the calls of each page, and passes every feed event on to all of them. */
export function createPages(
  handlers: Handlers,
  { feed, log, clock }: { readonly feed: LiveFeed; readonly log: Log; readonly clock: Clock },
): Pages {
  const connections = new Set<Connection>();
  return {
    connect: (port) => {
      const connection = serve(port, handlers, { log, timers: clock });
      connections.add(connection);
      const leave = feed.subscribe(connection.emit);
      void connection.closed.then(() => {
        leave();
        connections.delete(connection);
      });
    },
    close: () => {
      for (const connection of connections) connection.close();
    },
  };
}
