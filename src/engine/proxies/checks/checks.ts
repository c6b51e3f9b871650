import { CodedError } from '../../../base/errors.ts';
import { createExit, type Exit, type ExitNeeds } from '../../net/exit.ts';
import type { ReadOnlySource } from '../../network/gate.ts';
import type { EngineParts, Feature } from '../../parts.ts';
import type { SettingsReader } from '../../settings/settings.ts';
import { prepareProxies, type ProxyRow } from '../queries.ts';
import { failedBy, lookThrough, type Found } from './check-one.ts';
import { createKeep } from './keep.ts';
import { createLookups, type Lookups } from './lookups.ts';
import { Run, type Look, type Outcome } from './run.ts';

interface ChecksInput
  extends Pick<EngineParts, 'db' | 'clock' | 'feed' | 'log'>, Pick<ExitNeeds, 'passwordOf' | 'randomBytes'> {
  readonly settings: SettingsReader;
  readonly readOnly: ReadOnlySource;
  /** Milliseconds that only ever grow. */
  readonly elapsed: () => number;
}

/**
 * Looks at proxies when they are asked for, each through a forwarder that is its own: never directly, with no account's
 * connections, counted to none.
 */
export function createChecks(
  input: ChecksInput,
): Feature<'proxies.check' | 'proxies.checks' | 'proxies.cancelChecks'> {
  const { db, clock, feed, log } = input;
  const proxies = prepareProxies(db);
  const lookups = createLookups(db, input.settings);
  const keep = createKeep(db);
  let run: Run | null = null;

  const exitBy = (row: ProxyRow, { isOwn }: Lookups): Exit => {
    const { id, protocol, host, port, username } = row;
    const route = { kind: 'proxy', proxyId: id, upstream: { protocol, host, port, username } } as const;
    return createExit(route, { ...input, isOwn, onTraffic: () => {}, onFault: () => {} });
  };
  const begin = (own: Run, proxyId: number): Look => {
    let exit: Exit | null = null;
    const look = async (row: ProxyRow): Promise<Outcome> => {
      const asked = lookups();
      let found: Found;
      try {
        exit = exitBy(row, asked);
        found = await lookThrough(exit.client, asked, input.elapsed);
      } catch (error) {
        found = failedBy(error);
      } finally {
        await exit?.end();
      }
      if (own.isOver || !keep(row, found, clock.now())) return 'gone';
      if (found.error !== null) return 'failed';
      return found.egressV4 === null && found.egressV6 === null ? 'unseen' : 'works';
    };
    const row = proxies.get.get(proxyId);
    const outcome = row === undefined ? Promise.resolve<Outcome>('gone') : look(row);
    return { outcome, end: () => void exit?.end() };
  };
  const start = (): Run => {
    const own: Run = new Run({
      begin: (proxyId) => begin(own, proxyId),
      onChange: (proxyId) => {
        feed.emit('proxies', [proxyId]);
        if (!own.view.isRunning) log.info('checked', { ...own.view });
      },
    });
    return own;
  };

  return {
    handlers: {
      'proxies.check': ({ proxyIds }) => {
        if (input.readOnly.isReadOnly()) {
          throw new CodedError('unreachable', 'This data is used on another machine', {
            reason: 'read-only',
          });
        }
        const ids = proxyIds ?? proxies.all.all().map(({ id }) => id);
        const missing = ids.find((id) => proxies.get.get(id) === undefined);
        if (missing !== undefined) throw new CodedError('not-found', `There is no proxy ${missing}`);
        if (run?.view.isRunning !== true) run = start();
        run.add(ids);
        feed.emit('proxies');
        return run.view;
      },
      'proxies.checks': () => ({ checks: run?.view ?? null }),
      'proxies.cancelChecks': async () => {
        const ended = run?.cancel();
        run = null;
        await ended;
        feed.emit('proxies');
        return null;
      },
    },
    stop: async () => {
      const ended = run?.cancel();
      run = null;
      await ended;
    },
  };
}
