import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';
import { NumberRow } from './number-row.tsx';
import styles from './settings-view.module.css';

/** How stubbornly messages are sent, and when a late one is asked about. */
export function Sending({ onFailed }: { readonly onFailed: (error: ErrorShape | null) => void }) {
  const t = useT('settings');
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('sending.title')}</h2>
      <NumberRow
        setting="staleMinutes"
        label={t('sending.stale')}
        hint={t('sending.staleHint')}
        onFailed={onFailed}
      />
      <NumberRow
        setting="sendAttempts"
        label={t('sending.attempts')}
        hint={t('sending.attemptsHint')}
        onFailed={onFailed}
      />
    </section>
  );
}
