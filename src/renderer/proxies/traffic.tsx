import { useCallback, useEffect } from 'react';
import type { TrafficDay } from '../../contract/proxies.ts';
import { client } from '../client.ts';
import { useMinute } from '../conversations/minute.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { useStores } from '../stores/stores-store.ts';
import { EmptyState } from '../ui/states.tsx';
import { AnswerState } from './answer-state.tsx';
import { nameOf } from './condition.ts';
import { useProxies } from './proxies-store.ts';
import { byDay, ofMonth, since, storesOf, totalOf, type Carried } from './traffic-model.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { useBytes } from '../ui/use-bytes.ts';
import history from './history.module.css';
import styles from './traffic.module.css';

function Numbers({ carried }: { readonly carried: Carried }) {
  const bytes = useBytes();
  return (
    <>
      {[carried.sent, carried.received, totalOf(carried)].map((count, index) => (
        <td key={index} className={history.number} data-tabular>
          {count === 0 ? '–' : bytes(count)}
        </td>
      ))}
    </>
  );
}

function Heads({ first }: { readonly first: string }) {
  const t = useT('proxies');
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {(['sent', 'received', 'total'] as const).map((what) => (
          <th key={what} scope="col" className={history.number}>
            {t(`traffic.${what}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** How much of something is used, as a bar; the words beside it say the same. */
function Bar({ share, isOver = false }: { readonly share: number; readonly isOver?: boolean }) {
  return (
    <span className={styles.bar} aria-hidden>
      <span data-over={isOver} style={{ width: `${Math.min(100, Math.max(0, share * 100))}%` }} />
    </span>
  );
}

function ProxyName({ proxyId }: { readonly proxyId: number }) {
  const t = useT('proxies');
  const format = useFormat();
  const bytes = useBytes();
  const proxy = useProxies((state) => state.byId.get(proxyId));
  if (proxy === undefined) return t('history.removed');
  const { budget, used } = proxy;
  return (
    <>
      {displayText(nameOf(proxy))}
      {budget !== null && (
        <span className={styles.budget} data-over={used >= budget}>
          <Bar share={used / budget} isOver={used >= budget} />
          {t('traffic.ofBudget', {
            percent: format.number(Math.floor((used * 100) / budget)),
            budget: bytes(budget),
          })}
        </span>
      )}
    </>
  );
}

function Month({ days, now }: { readonly days: readonly TrafficDay[]; readonly now: number }) {
  const t = useT('proxies');
  const stores = useStores((state) => state.stores);
  const accountName = (accountId: number): string =>
    storesOf(accountId, stores)
      .map(({ name, site }) => `${displayText(name)} ${site}`)
      .join(', ') || t('traffic.noStore');
  return (
    <>
      <table className={history.table}>
        <caption className={history.caption}>{t('traffic.month')}</caption>
        <Heads first={t('traffic.proxy')} />
        <tbody>
          {ofMonth(days, now, 'proxyId').map((carried) => (
            <tr key={carried.id} data-testid="traffic-proxy">
              <th scope="row">
                <ProxyName proxyId={carried.id} />
              </th>
              <Numbers carried={carried} />
            </tr>
          ))}
        </tbody>
      </table>
      <table className={history.table}>
        <Heads first={t('traffic.store')} />
        <tbody>
          {ofMonth(days, now, 'accountId').map((carried) => (
            <tr key={carried.id} data-testid="traffic-store">
              <th scope="row">{accountName(carried.id)}</th>
              <Numbers carried={carried} />
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Days({ days, now }: { readonly days: readonly TrafficDay[]; readonly now: number }) {
  const t = useT('proxies');
  const format = useFormat();
  const rows = byDay(days, now);
  const most = Math.max(1, ...rows.map(totalOf));
  return (
    <table className={history.table}>
      <caption className={history.caption}>{t('traffic.days')}</caption>
      <Heads first={t('traffic.day')} />
      <tbody>
        {rows.map((row) => (
          <tr key={row.day}>
            <th scope="row">
              <time dateTime={row.day}>{format.day(new Date(`${row.day}T12:00:00`).getTime(), now)}</time>
              <Bar share={totalOf(row) / most} />
            </th>
            <Numbers carried={row} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What passed through proxies: this month by proxy and by store, and the last days. */
export function Traffic() {
  const t = useT('proxies');
  const now = useMinute();
  const from = since(now);
  const answer = useAnswer(
    useCallback(() => client.call('proxies.traffic', { since: from }), [from]),
    'proxies',
  );
  const { again } = answer;
  // It is counted all the while, and nobody says so.
  useEffect(again, [again, now]);
  return (
    <AnswerState answer={answer} failed={t('traffic.failed')} loading={t('traffic.loading')}>
      {({ days }) =>
        days.length === 0 ? (
          <EmptyState title={t('traffic.none')} text={t('traffic.noneText')} />
        ) : (
          <div className={styles.tables}>
            <p className={styles.lead}>{t('traffic.lead')}</p>
            <Month days={days} now={now} />
            <Days days={days} now={now} />
          </div>
        )
      }
    </AnswerState>
  );
}
