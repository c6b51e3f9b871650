import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { Tag } from '../ui/badge.tsx';
import { useMinute } from './minute.ts';
import styles from './conversation-row.module.css';

/** When the last message came. */
export function RowTime({ at }: { readonly at: number }) {
  const format = useFormat();
  const now = useMinute();
  if (at <= 0) return <span className={styles.time} />;
  return (
    <time className={styles.time} dateTime={new Date(at).toISOString()} title={format.full(at)}>
      {format.listTime(at, now)}
    </time>
  );
}

/** How long the buyer has waited for an answer; nothing once answered. */
export function Waited({ since }: { readonly since: number | null }) {
  const format = useFormat();
  const now = useMinute();
  const t = useT('conversations');
  if (since === null) return null;
  return (
    <span className={styles.waited} data-testid="conversation-waited">
      <Tag tone="warning">{t('row.waited', { duration: format.duration(now - since) })}</Tag>
    </span>
  );
}

/** Until when the conversation is put off. */
export function SnoozedUntil({ until }: { readonly until: number | null }) {
  const format = useFormat();
  const now = useMinute();
  const t = useT('conversations');
  if (until === null) return null;
  return (
    <span className={styles.waited} title={format.full(until)}>
      <Tag>{t('row.snoozedUntil', { time: format.until(until, now) })}</Tag>
    </span>
  );
}
