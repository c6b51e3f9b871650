import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { useT } from '../i18n/i18n.ts';
import { ErrorState } from '../ui/states.tsx';
import type { Answer } from '../ui/use-answer.ts';
import { useProxyError } from './words.ts';
import styles from './proxies-view.module.css';

interface AnswerStateProps<T> {
  readonly answer: Answer<T>;
  /** That it could not be read, and that it is being read. */
  readonly failed: string;
  readonly loading: string;
  readonly children: (value: T) => ReactNode;
}

/** What the engine answered; until then that it is asked, or why it could not answer. */
export function AnswerState<T>({ answer, failed, loading, children }: AnswerStateProps<T>) {
  const t = useT('proxies');
  const errorText = useProxyError();
  const { value, error, again } = answer;
  if (value !== null) return children(value);
  if (error === null) {
    return (
      <div className={styles.loading} role="status" aria-label={loading}>
        <Loader size={20} />
      </div>
    );
  }
  const action = (
    <Button variant="default" size="xs" onClick={again}>
      {t('action.retry')}
    </Button>
  );
  return <ErrorState title={failed} text={errorText(error)} action={action} />;
}
