import { randomBytes } from 'node:crypto';
import { createNet, type Net } from '../engine/net/net.ts';
import type { Route, RouteOf } from '../engine/net/route.ts';
import { createSkewMeter, type SkewMeter } from '../engine/net/skew.ts';
import type { RealProxy } from './real-proxies.ts';
import { memoryLog } from './temp-engine.ts';

/** A choke point whose routes a test sets. */
export interface TestNet extends Net {
  /** By account, for everything it asks; direct where nothing is set. */
  readonly routes: Map<number, Route>;
  /** By account and app. */
  readonly exits: Map<string, Route>;
  /** By proxy. */
  readonly passwords: Map<number, string | null>;
  readonly skew: SkewMeter;
  readonly log: ReturnType<typeof memoryLog>;
  /** Bytes by "account proxy". */
  readonly traffic: Map<string, { sent: number; received: number }>;
  /** Binds an account to a proxy that runs. */
  bind(accountId: number, proxy: RealProxy, proxyId?: number): void;
}

export function testNet(now: () => number = Date.now): TestNet {
  const routes = new Map<number, Route>();
  const exits = new Map<string, Route>();
  const passwords = new Map<number, string | null>();
  const traffic: TestNet['traffic'] = new Map();
  const skew = createSkewMeter({ now, elapsed: () => 0 });
  const log = memoryLog();
  const routeOf: RouteOf = (accountId, appId) =>
    exits.get(`${accountId} ${appId}`) ?? routes.get(accountId) ?? { kind: 'direct' };
  const net = createNet({
    routeOf,
    skew,
    elapsed: () => 0,
    randomBytes,
    log,
    passwordOf: (proxyId) => passwords.get(proxyId) ?? (passwords.has(proxyId) ? null : ''),
    onTraffic: (accountId, proxyId, sent, received) => {
      const before = traffic.get(`${accountId} ${proxyId}`) ?? { sent: 0, received: 0 };
      traffic.set(`${accountId} ${proxyId}`, {
        sent: before.sent + sent,
        received: before.received + received,
      });
    },
  });
  const bind = (accountId: number, proxy: RealProxy, proxyId = 1): void => {
    const { protocol, host, port, username, password } = proxy;
    routes.set(accountId, { kind: 'proxy', proxyId, upstream: { protocol, host, port, username } });
    passwords.set(proxyId, password);
  };
  return { ...net, routes, exits, passwords, skew, log, traffic, bind };
}
