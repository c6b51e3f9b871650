import { IconCheck, IconPlugConnectedX } from '@tabler/icons-react';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useReason } from '../panel/reason.ts';
import { useConnectionTests } from './connection-tests.ts';
import styles from './acts.module.css';

/** What came of trying a store's connection from this place; nothing before it was tried. */
export function ConnectionTestWord({ place }: { readonly place: string }) {
  const t = useT('outbox');
  const format = useFormat();
  const reason = useReason();
  const outcome = useConnectionTests((tests) => tests.get(place));
  if (outcome === undefined) return null;
  const error = outcome === null ? null : outcome.ok ? outcome.value.error : outcome.error;
  const time = outcome?.ok === true ? t('test.ms', { ms: format.number(outcome.value.ms) }) : '';
  return (
    <span
      role="status"
      className={styles.tested}
      data-tone={outcome === null ? 'quiet' : error === null ? 'good' : 'danger'}
      data-testid="connection-test"
    >
      {outcome === null ? (
        t('test.running')
      ) : error === null ? (
        <>
          <IconCheck size={14} aria-hidden />
          {t('test.works', { time })}
        </>
      ) : (
        <>
          <IconPlugConnectedX size={14} aria-hidden />
          {t(outcome.ok ? 'test.fails' : 'test.notTried', { reason: reason(error), time })}
        </>
      )}
    </span>
  );
}
