import { CodedError } from '../../base/errors.ts';
import type { HttpClient } from '../../channels/http.ts';
import { AccountExits, type AccountExitsInput } from './account-exits.ts';
import type { Door } from './door.ts';
import { isLocalAddress, socketHost } from './local-address.ts';
import type { SkewMeter } from './skew.ts';
import type { TunnelCode } from './tunnel-failure.ts';

/** The one choke point for everything a store sends. */
export interface Net {
  /**
   * The exit of an account. The route is looked up for every request, so a client that was handed out before a proxy was
   * bound follows it: requests by that of the app, downloads by that of the account. What a route refuses is
   * `unreachable`, reason `proxy-ended`, `proxy-disabled` or `proxy-required`. Nothing on this computer or its own
   * network is reached but `own`, the addresses of the account's environment: an address of a message is `rejected`,
   * reason `local_address`, and a name that leads there is `unreachable`.
   */
  exitFor(accountId: number, appId: number | null, own: readonly string[]): HttpClient;
  /**
   * The way out of an account's browser, by the same route as everything else of it but API calls with an exit of their
   * own. `own` as above. `onFailure` hears of each request that did not get out. Of an account nobody knows, nothing does.
   */
  doorFor(accountId: number, own: readonly string[], onFailure: (code: TunnelCode) => void): Promise<Door>;
  /** Ends the connections of these accounts at once; what they ask next leaves as their routes say then. */
  end(accountIds: readonly number[]): void;
  /** How far the clock of this address's server is ahead of ours, in milliseconds. */
  skewMs(url: string): number;
  /** Tells `onTraffic` what passed through proxies since it was last told. */
  sample(): void;
  close(): Promise<void>;
}

interface NetInput extends AccountExitsInput {
  readonly skew: SkewMeter;
  /** Milliseconds that only ever grow. */
  readonly elapsed: () => number;
}

/** Makes the choke point. Accounts share no connection: each has exits, and so sockets, of its own. */
export function createNet(input: NetInput): Net {
  const { elapsed, skew } = input;
  const accounts = new Map<number, AccountExits>();
  let closed = false;

  const accountOf = (accountId: number): AccountExits => {
    const exits = accounts.get(accountId) ?? new AccountExits(accountId, input);
    accounts.set(accountId, exits);
    return exits;
  };
  const current = (exits: AccountExits, appId: number | null): HttpClient => {
    if (closed) throw stopping();
    return exits.current(appId);
  };

  return {
    exitFor: (accountId, appId, own) => {
      const exits = accountOf(accountId);
      exits.learn(appId, own);
      return {
        request: async (request) => {
          const askedAt = elapsed();
          const answer = await current(exits, appId).request(request);
          skew.learn(request.url, askedAt, elapsed(), answer.headers['date']);
          return answer;
        },
        download: async (url, limits) => {
          const address = URL.parse(url);
          if (address !== null && isLocalAddress(socketHost(address)) && !exits.isOwn(address.host)) {
            throw new CodedError('rejected', 'An address on this computer or its own network', {
              reason: 'local_address',
            });
          }
          return current(exits, null).download(url, limits);
        },
      };
    },
    doorFor: async (accountId, own, onFailure) => {
      const exits = accountOf(accountId);
      exits.learn(null, own);
      const door = await exits.openDoor(onFailure);
      if (!closed) return door;
      await door.end();
      throw stopping();
    },
    end: (accountIds) => {
      for (const accountId of accountIds) void accounts.get(accountId)?.end();
    },
    skewMs: skew.of,
    sample: () => {
      for (const exits of accounts.values()) exits.sample();
    },
    close: async () => {
      closed = true;
      await Promise.all([...accounts.values()].map((exits) => exits.close()));
    },
  };
}

function stopping(): CodedError {
  return new CodedError('unreachable', 'The engine is stopping', { reason: 'stopping' });
}
