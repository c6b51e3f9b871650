import type { ReactNode } from 'react';
import { useT } from '../i18n/i18n.ts';
import styles from './composer.module.css';

interface ComposerAskProps {
  readonly sign: ReactNode;
  readonly text: string;
  /** What sending all the same is called. */
  readonly anyway: string;
  readonly testId: string;
  readonly send: () => void;
  readonly keepEditing: () => void;
}

/** Asks whether something goes all the same. The cursor stays where it is. */
export function ComposerAsk({ sign, text, anyway, testId, send, keepEditing }: ComposerAskProps) {
  const t = useT('composer');
  return (
    <div className={styles.question} role="alert" data-testid={testId}>
      {sign}
      <span className={styles.questionText}>{text}</span>
      <button type="button" className={styles.link} onClick={keepEditing}>
        {t('question.keep')}
      </button>
      <button
        type="button"
        className={styles.link}
        onClick={send}
        onKeyDown={(event) => {
          // A key held down presses a button again and again.
          if (event.repeat) event.preventDefault();
        }}
      >
        {anyway}
      </button>
    </div>
  );
}
