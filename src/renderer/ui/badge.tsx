import type { ReactNode } from 'react';
import { useFormat } from '../i18n/format.ts';
import styles from './badge.module.css';

/** How many; nothing at zero. `label` says of what, for screen readers and as tooltip. */
export function CountBadge({ count, label }: { readonly count: number; readonly label: string }) {
  const format = useFormat();
  if (count <= 0) return null;
  return (
    <span className={styles.count} title={label}>
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
