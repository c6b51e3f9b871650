import type { HttpClient } from '../../channels/http.ts';
import type { Log } from '../parts.ts';
import { openDoor, type Door } from './door.ts';
import { createExit, type Exit, type ExitNeeds } from './exit.ts';
import type { RouteOf } from './route.ts';
import type { TunnelCode } from './tunnel-failure.ts';

export interface AccountExitsInput extends Pick<ExitNeeds, 'passwordOf' | 'randomBytes'> {
  readonly routeOf: RouteOf;
  readonly log: Log;
  readonly onTraffic: (accountId: number, proxyId: number, sent: number, received: number) => void;
}

/** The ways out of one account that are open, by what their route says. */
export class AccountExits {
  readonly #accountId: number;
  readonly #input: AccountExitsInput;
  readonly #own = new Set<string>();
  /** Apps it calls by, and null for the rest. */
  readonly #uses = new Set<number | null>([null]);
  readonly #exits = new Map<string, Exit>();
  readonly #ending = new Set<Promise<void>>();
  readonly #doors = new Set<Door>();

  constructor(accountId: number, input: AccountExitsInput) {
    this.#accountId = accountId;
    this.#input = input;
  }

  /** It calls by this app, at these addresses of its environment. */
  learn(appId: number | null, own: readonly string[]): void {
    this.#uses.add(appId);
    for (const address of own) if (URL.canParse(address)) this.#own.add(new URL(address).host);
  }

  /** Whether a host (with port) is the environment's own. */
  isOwn(host: string): boolean {
    return this.#own.has(host);
  }

  /** The way out there is now. Throws where the route refuses. */
  current(appId: number | null): HttpClient {
    const route = this.#input.routeOf(this.#accountId, appId);
    const key = JSON.stringify(route);
    const known = this.#exits.get(key);
    if (known !== undefined) return known.client;
    this.#endLeft();
    const exit = createExit(route, {
      ...this.#input,
      isOwn: (host) => this.isOwn(host),
      onTraffic: (...bytes) => this.#input.onTraffic(this.#accountId, ...bytes),
      onFault: () => {
        if (this.#exits.get(key) === exit) this.#end(key, exit);
      },
    });
    this.#exits.set(key, exit);
    this.#input.log.info('exit', { accountId: this.#accountId, appId, route: route.kind });
    return exit.client;
  }

  /** A way out for a browser. Its owner ends it. */
  async openDoor(onFailure: (code: TunnelCode) => void): Promise<Door> {
    const door = await openDoor({
      routeOf: () => this.#input.routeOf(this.#accountId, null),
      isOwn: (host) => this.isOwn(host),
      passwordOf: this.#input.passwordOf,
      onTraffic: (...bytes) => this.#input.onTraffic(this.#accountId, ...bytes),
      onFailure,
    });
    this.#doors.add(door);
    this.#input.log.info('door', { accountId: this.#accountId, port: door.port });
    return {
      ...door,
      end: () => {
        this.#doors.delete(door);
        return door.end();
      },
    };
  }

  sample(): void {
    for (const way of [...this.#exits.values(), ...this.#doors]) way.sample();
  }

  /** Ends every connection at once; awaited, until nothing is left of them. Doors stay open for what comes next. */
  async end(): Promise<void> {
    for (const door of this.#doors) door.drop();
    for (const [key, exit] of this.#exits) this.#end(key, exit);
    await Promise.allSettled(this.#ending);
  }

  /** The same for good, doors too. */
  async close(): Promise<void> {
    await Promise.all([this.end(), ...[...this.#doors].map((door) => door.end())]);
  }

  /** Requests on a route the account has left end: none may finish by it. */
  #endLeft(): void {
    const alive = new Set(
      [...this.#uses].map((appId) => JSON.stringify(this.#input.routeOf(this.#accountId, appId))),
    );
    for (const [key, exit] of this.#exits) if (!alive.has(key)) this.#end(key, exit);
  }

  #end(key: string, exit: Exit): void {
    this.#exits.delete(key);
    const ended: Promise<void> = exit.end().finally(() => this.#ending.delete(ended));
    this.#ending.add(ended);
  }
}
