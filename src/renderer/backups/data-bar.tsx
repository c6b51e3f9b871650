import type { ReactNode } from 'react';
import styles from './data-bars.module.css';

/** A bar over every view: one sentence, and what can be done. */
export function DataBar({
  kind,
  text,
  children,
}: {
  readonly kind: 'warning' | 'danger';
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.bar} data-kind={kind} role="status">
      <span className={styles.text}>{text}</span>
      {children}
    </div>
  );
}
