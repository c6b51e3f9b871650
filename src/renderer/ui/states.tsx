import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './states.module.css';

interface StateProps {
  readonly title: string;
  readonly text?: string;
  /** What the person can do about it. */
  readonly action?: ReactNode;
  readonly icon?: ReactNode;
}

/** Nothing here, and why; fills its parent. */
export function EmptyState({ title, text, action, icon }: StateProps) {
  return (
    <div className={styles.state}>
      {icon !== undefined && <div className={styles.icon}>{icon}</div>}
      <p className={styles.title}>{title}</p>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {action}
    </div>
  );
}

/** Something failed: what, in plain words, and what to do. Announced to screen readers. */
export function ErrorState({ icon = <IconAlertTriangle size={26} stroke={1.6} />, ...rest }: StateProps) {
  return (
    <div role="alert" className={styles.alert}>
      <EmptyState {...rest} icon={icon} />
    </div>
  );
}
