import { useCallback } from 'react';
import type { ProxyCheck } from '../../contract/proxies.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { EmptyState } from '../ui/states.tsx';
import { AnswerState } from './answer-state.tsx';
import { ConditionMark } from './condition-mark.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { useCheckReason, useCountryName } from './words.ts';
import styles from './history.module.css';

function CheckRow({ check }: { readonly check: ProxyCheck }) {
  const t = useT('proxies');
  const format = useFormat();
  const reason = useCheckReason();
  const countryName = useCountryName();
  const { at, error, egressV4, egressV6, city, country, latencyMs } = check;
  const place = [
    city === null ? null : displayText(city),
    country === null ? null : countryName(country),
  ].filter((part) => part !== null);
  const addresses = [egressV4, egressV6].filter((ip) => ip !== null);
  return (
    <tr data-testid="history-check">
      <th scope="row">
        <time dateTime={new Date(at).toISOString()}>{format.full(at)}</time>
        <span className={styles.result} data-condition={error === null ? 'works' : 'failing'}>
          <ConditionMark condition={error === null ? 'works' : 'failing'} />
          {error === null ? t('condition.works') : t('condition.failing', { reason: reason(error) })}
        </span>
      </th>
      <td data-tabular>
        {addresses.length === 0 && '–'}
        {addresses.map((ip) => (
          <span key={ip} className={styles.address}>
            {ip}
          </span>
        ))}
      </td>
      <td>{place.join(', ') || '–'}</td>
      <td className={styles.number} data-tabular>
        {latencyMs === null ? '–' : t('check.ms', { ms: format.number(latencyMs) })}
      </td>
    </tr>
  );
}

/** The newest looks at a proxy, newest first. */
export function ProxyHistory({ proxyId }: { readonly proxyId: number }) {
  const t = useT('proxies');
  const answer = useAnswer(
    useCallback(() => client.call('proxies.history', { proxyId }), [proxyId]),
    'proxies',
  );
  return (
    <AnswerState answer={answer} failed={t('history.failed')} loading={t('history.loading')}>
      {({ checks }) =>
        checks.length === 0 ? (
          <EmptyState title={t('history.noChecks')} text={t('history.noChecksText')} />
        ) : (
          <table className={styles.table}>
            <caption className={styles.caption}>{t('history.checks')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('history.check')}</th>
                <th scope="col">{t('column.egress')}</th>
                <th scope="col">{t('check.place')}</th>
                <th scope="col" className={styles.number}>
                  {t('column.latency')}
                </th>
              </tr>
            </thead>
            <tbody>
              {/* A proxy can be looked at twice within a millisecond. */}
              {checks.map((check, index) => (
                <CheckRow key={`${check.at} ${index}`} check={check} />
              ))}
            </tbody>
          </table>
        )
      }
    </AnswerState>
  );
}
