import { IconUserCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { clock } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import type { Sender } from './use-send.ts';
import styles from './composer.module.css';

const minuteMs = 60_000;

interface QuestionProps {
  /** When the colleague answered, UTC milliseconds. */
  readonly answeredAt: number;
  readonly sendAnyway: () => void;
  readonly keepEditing: () => void;
}

/** Asks whether something goes although a colleague has answered meanwhile. The cursor stays where it is. */
export function AnywayQuestion({ answeredAt, sendAnyway, keepEditing }: QuestionProps) {
  const t = useT('composer');
  const format = useFormat();
  const [ms] = useState(() => Math.max(0, clock.now() - answeredAt));
  const ago =
    ms < minuteMs
      ? t('question.seconds', { seconds: Math.max(1, Math.round(ms / 1000)) })
      : format.duration(ms);
  return (
    <div className={styles.question} role="alert" data-testid="anyway-question">
      <IconUserCheck size={16} aria-hidden />
      <span className={styles.questionText}>{t('question.text', { ago })}</span>
      <button type="button" className={styles.link} onClick={keepEditing}>
        {t('question.keep')}
      </button>
      <button
        type="button"
        className={styles.link}
        onClick={sendAnyway}
        onKeyDown={(event) => {
          // A key held down presses a button again and again.
          if (event.repeat) event.preventDefault();
        }}
      >
        {t('question.anyway')}
      </button>
    </div>
  );
}

/** Asks it above the field, when the engine did not take what was to go because of a colleague's answer. */
export function ComposerQuestion({ sender, focus }: { readonly sender: Sender; readonly focus: () => void }) {
  const { question, clear, send } = sender;
  if (question === null) return null;
  return (
    <AnywayQuestion
      key={question.askedAt}
      answeredAt={question.answeredAt}
      sendAnyway={() => {
        focus();
        send(question.thenNext, true);
      }}
      keepEditing={() => {
        clear();
        focus();
      }}
    />
  );
}
