import type { ReactNode } from 'react';
import { useFormat } from '../i18n/format.ts';
import styles from './badge.module.css';

/**
 * How many; nothing at zero. `label` says of what, for screen readers and as tooltip. Each kind has a shape of its own:
 * unread a filled pill, replies owed an outlined box, messages in trouble a filled box with an exclamation mark.
 */
export function CountBadge({
  count,
  label,
  of = 'unread',
}: {
  readonly count: number;
  readonly label: string;
  readonly of?: 'unread' | 'replies' | 'trouble';
}) {
  const format = useFormat();
  if (count <= 0) return null;
  return (
    <span className={styles.count} data-of={of} title={label}>
      <span aria-hidden>{format.count(count)}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );
}

/** A short word on a soft ground. Its colour only underlines what the word says. */
export function Tag({
  tone = 'neutral',
  children,
}: {
  readonly tone?: 'neutral' | 'good' | 'warning' | 'danger';
  readonly children: ReactNode;
}) {
  return (
    <span className={styles.tag} data-tone={tone}>
      {children}
    </span>
  );
}
