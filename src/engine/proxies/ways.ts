import { createServiceExits, type ServiceExits } from '../net/service-exits.ts';
import { createNet, type Net } from '../net/net.ts';
import { createSkewMeter } from '../net/skew.ts';
import { createGate, type NetworkGate, type ProxySource, type ReadOnlySource } from '../network/gate.ts';
import type { EngineParts, Feature } from '../parts.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { LiveSettings } from '../settings/settings.ts';
import { createBudgets } from './budgets.ts';
import { createBinding, type Binding, type BindingCalls } from './binding.ts';
import { createExpiry } from './expiry.ts';
import { createPasswordOf } from './proxy-secrets.ts';
import { createRoutes, type Routes } from './routes.ts';
import { createTraffic, TrafficLedger } from './traffic.ts';
import { createWarnings } from './warnings.ts';
import { prepareBinding } from './way-queries.ts';

/** How stores leave this computer: the choke point, what decides it, and the gate before it. */
export interface Ways {
  readonly net: Net;
  /** For services a seller uses beside the stores. */
  readonly services: ServiceExits;
  readonly gate: NetworkGate;
  /** Which stores wait for a proxy. */
  readonly proxies: ProxySource & Pick<Routes, 'stopOfAccount' | 'isBound'>;
  readonly binding: Binding;
  readonly feature: Feature<BindingCalls | 'proxies.traffic'>;
  /** The machine woke: what ended meanwhile is over. */
  woke(): void;
}

interface WaysInput extends Pick<EngineParts, 'db' | 'clock' | 'randomBytes' | 'log' | 'feed' | 'host'> {
  readonly settings: LiveSettings;
  readonly secrets: Secrets;
  readonly readOnly: ReadOnlySource;
  /** Milliseconds that only ever grow, also while the machine sleeps. */
  readonly elapsed: () => number;
}

export function createWays(input: WaysInput): Ways {
  const { db, clock, feed, settings, secrets, readOnly, elapsed } = input;
  const log = input.log.scope('net');
  const rows = prepareBinding(db);
  const skew = createSkewMeter({ now: () => clock.now(), elapsed });
  /**
   * The platforms' time where any of them has answered since the start, else this computer's: a clock that is wrong, or
   * set, neither keeps a proxy beyond its end nor ends it early.
   */
  const now = (): number => clock.now() + skew.ofMost();
  let isRequired = settings.read().requireProxy;

  const routes = createRoutes({ db, now, isRequired: () => isRequired });
  const gate = createGate(readOnly, routes);
  const ledger = new TrafficLedger(() => clock.now());
  const exits = { log, randomBytes: input.randomBytes, passwordOf: createPasswordOf(db, secrets) };
  const net = createNet({
    ...exits,
    routeOf: routes.routeOf,
    skew,
    elapsed,
    onTraffic: (accountId, proxyId, sent, received) => ledger.add(accountId, proxyId, sent, received),
  });
  const binding = createBinding({ db, net, gate, feed, log, now: () => clock.now() });
  const onLook = createWarnings({ db, host: input.host, settings, log });
  const expiry = createExpiry({ db, clock, log, now, net, binding, readOnly, onLook });
  const onWritten = createBudgets({ db, host: input.host, settings, feed, log });
  const traffic = createTraffic({ db, clock, net, ledger, readOnly, onWritten });

  settings.onChange(() => {
    const before = isRequired;
    isRequired = settings.read().requireProxy;
    if (isRequired !== before) binding.changed(rows.unbound.all());
    expiry.look();
  });
  return {
    net,
    services: createServiceExits({ ...exits, routeBy: routes.routeBy }),
    gate,
    proxies: routes,
    binding,
    woke: () => expiry.look(),
    feature: {
      handlers: { ...binding.handlers, ...traffic.handlers },
      start: () => {
        expiry.look();
        traffic.start?.();
      },
      stop: async () => {
        expiry.stop();
        await traffic.stop?.();
      },
    },
  };
}
