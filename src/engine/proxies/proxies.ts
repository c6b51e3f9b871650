import { CodedError } from '../../base/errors.ts';
import type { HandlerInput } from '../../contract/index.ts';
import type { proxiesContract } from '../../contract/proxies.ts';
import type { EngineParts, Feature } from '../parts.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Binding } from './binding.ts';
import { createProxyEdits } from './edit.ts';
import { createHistory } from './history.ts';
import { createImport } from './import.ts';
import { createPreviews } from './previews.ts';
import { createProxySecrets } from './proxy-secrets.ts';
import { prepareProxies, type ProxyRow } from './queries.ts';
import { createReplace } from './replace.ts';
import { createProxyViews } from './views.ts';
import { prepareBudgets } from './way-queries.ts';
import { createWeigh } from './weigh.ts';

interface ProxiesInput extends Pick<EngineParts, 'db' | 'clock' | 'randomBytes' | 'feed' | 'log'> {
  readonly secrets: Secrets;
  readonly binding: Binding;
}

type Own = Exclude<
  keyof typeof proxiesContract,
  | 'proxies.bind'
  | 'proxies.setApiExit'
  | 'proxies.apps'
  | 'proxies.traffic'
  | 'proxies.secrets'
  | 'proxies.check'
  | 'proxies.checks'
  | 'proxies.cancelChecks'
>;

/** The team's proxies: kept, read from lists, weighed and replaced. Who is bound to which is the binding's. */
export function createProxies(parts: ProxiesInput): Feature<Own> {
  const { db, clock, feed, binding } = parts;
  const log = parts.log.scope('proxies');
  const now = (): number => clock.now();
  const secrets = createProxySecrets(parts.secrets);
  const rows = prepareProxies(db);
  const budgets = prepareBudgets(db);
  const edits = createProxyEdits({ db, secrets, now });
  const views = createProxyViews(db, now);
  const previews = createPreviews({ ...parts, secrets });
  const save = createImport({ db, edits, binding, now });
  const replace = createReplace({ db, binding, now });
  const weigh = createWeigh(db, now);
  const history = createHistory(db, now);

  const get = (proxyId: number): ProxyRow => {
    const row = rows.get.get(proxyId);
    if (row === undefined) throw new CodedError('not-found', `There is no proxy ${proxyId}`);
    return row;
  };
  const change = db.transaction(
    ({ proxyId, change: given, disabled, budget }: HandlerInput<'proxies.change'>): boolean => {
      if (budget !== undefined) budgets.set.run(budget, proxyId);
      return edits.change(get(proxyId), given, disabled);
    },
  );
  const remove = db.transaction((proxyIds: readonly number[]) => {
    for (const [row, proxyId] of proxyIds.entries()) {
      get(proxyId);
      if (rows.isUsed.get({ proxyId }) !== undefined) {
        throw new CodedError('conflict', `Proxy ${proxyId} is in use`, { reason: 'in-use', row });
      }
      edits.remove(proxyId);
    }
  });
  /** After a commit: first whatever is open is ended, then the pages are told. */
  const changed = (proxyIds: readonly number[], accountIds: readonly number[]): void => {
    if (accountIds.length > 0) binding.changed(accountIds);
    feed.emit('proxies', proxyIds);
  };

  return {
    handlers: {
      ...previews.handlers,
      ...history.handlers,
      'proxies.list': () => ({ proxies: views.list() }),
      'proxies.import': ({ rows: decided }) => {
        const { accountIds, ...done } = save(decided);
        log.info('imported', done);
        changed([], accountIds);
        return done;
      },
      'proxies.change': (input) => {
        const { proxyId } = input;
        const isOtherWay = change.immediate(input);
        changed([proxyId], isOtherWay ? binding.accountsBy(proxyId) : []);
        return views.get(proxyId);
      },
      'proxies.remove': ({ proxyIds }) => {
        remove.immediate([...new Set(proxyIds)]);
        log.info('removed', { count: proxyIds.length });
        changed(proxyIds, []);
        return null;
      },
      'proxies.weigh': ({ storeIds, proxyId }) => ({ warnings: weigh(storeIds, proxyId) }),
      'proxies.replace': ({ pairs }) => {
        const accountIds = replace(pairs);
        log.info('replaced', { proxies: pairs.length, accounts: accountIds.length });
        changed([], accountIds);
        return null;
      },
    },
    stop: () => previews.stop?.() ?? Promise.resolve(),
  };
}
