import { IconAlertCircle } from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { useReason } from '../panel/reason.ts';
import { lengthNote } from './length-note.ts';
import type { SendProblem } from './use-send-report.ts';
import styles from './composer.module.css';

/** Why what was to go stays. */
export function Problem({ problem, most }: { readonly problem: SendProblem; readonly most: number }) {
  const t = useT('composer');
  const reason = useReason();
  const text =
    'key' in problem
      ? t(`problem.${problem.key}`, { most })
      : t(problem.what === 'text' ? 'problem.failed' : 'problem.pictureFailed', {
          reason: reason(problem.error),
        });
  return (
    <p className={styles.problem} role="alert" data-testid="composer-problem">
      <IconAlertCircle size={14} aria-hidden />
      {text}
    </p>
  );
}

/** How near the platform's limit the text is, once it is near. */
export function Length({ length, most }: { readonly length: number; readonly most: number }) {
  const t = useT('composer');
  const note = lengthNote(length, most);
  if (note === null) return null;
  return (
    <span className={styles.length} data-over={note.over} role="status">
      {note.over
        ? t('length.over', { count: -note.left, most })
        : t('length.left', { count: note.left, most })}
    </span>
  );
}

/** A saved draft that came after the person had begun to write: only offered. */
export function WaitingDraft({
  text,
  insert,
  drop,
}: {
  readonly text: string | null;
  readonly insert: () => void;
  readonly drop: () => void;
}) {
  const t = useT('composer');
  if (text === null) return null;
  return (
    <p className={styles.waiting}>
      <span className={styles.waitingText}>{t('waiting', { text: displayText(text) })}</span>
      <button type="button" className={styles.link} onClick={insert}>
        {t('insertWaiting')}
      </button>
      <button type="button" className={styles.link} onClick={drop}>
        {t('dropWaiting')}
      </button>
    </p>
  );
}
