import { useCallback } from 'react';
import type { AccountExit } from '../../contract/proxies.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { EmptyState } from '../ui/states.tsx';
import { AnswerState } from './answer-state.tsx';
import { nameOf } from './condition.ts';
import { useProxies } from './proxies-store.ts';
import { storeText } from './store-name.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import styles from './history.module.css';

function ExitRow({ exit }: { readonly exit: AccountExit }) {
  const t = useT('proxies');
  const format = useFormat();
  const { ip, proxyId, firstAt, lastAt, others } = exit;
  const proxy = useProxies((state) => (proxyId === null ? undefined : state.byId.get(proxyId)));
  return (
    <tr data-testid="store-exit">
      <th scope="row">
        <span data-tabular>{ip}</span>
        {others.map(({ storeId, at }) => (
          <span key={storeId} className={styles.warning}>
            {t('history.other', { store: storeText(storeId), at: format.full(at) })}
          </span>
        ))}
      </th>
      <td>{proxy === undefined ? t('history.removed') : displayText(nameOf(proxy))}</td>
      <td>
        <time dateTime={new Date(firstAt).toISOString()}>{format.full(firstAt)}</time>
      </td>
      <td>
        <time dateTime={new Date(lastAt).toISOString()}>{format.full(lastAt)}</time>
      </td>
    </tr>
  );
}

/** Under which addresses a store was seen, the last first, and who else was. */
export function StoreExits({ storeId }: { readonly storeId: number }) {
  const t = useT('proxies');
  const answer = useAnswer(
    useCallback(() => client.call('proxies.exitsOf', { storeId }), [storeId]),
    'proxies',
  );
  return (
    <AnswerState answer={answer} failed={t('history.failed')} loading={t('history.loading')}>
      {({ exits }) =>
        exits.length === 0 ? (
          <EmptyState title={t('history.noExits')} text={t('history.noExitsText')} />
        ) : (
          <table className={styles.table}>
            <caption className={styles.caption}>{t('history.exits')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('column.egress')}</th>
                <th scope="col">{t('history.by')}</th>
                <th scope="col">{t('history.first')}</th>
                <th scope="col">{t('history.last')}</th>
              </tr>
            </thead>
            <tbody>
              {exits.map((exit) => (
                <ExitRow key={exit.ip} exit={exit} />
              ))}
            </tbody>
          </table>
        )
      }
    </AnswerState>
  );
}
