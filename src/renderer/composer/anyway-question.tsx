import { IconUserCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { clock } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { ComposerAsk } from './composer-ask.tsx';
import type { Sender } from './use-send.ts';

const minuteMs = 60_000;

interface QuestionProps {
  /** When the colleague answered, UTC milliseconds. */
  readonly answeredAt: number;
  readonly sendAnyway: () => void;
  readonly keepEditing: () => void;
}

/** Asks whether something goes although a colleague has answered meanwhile. */
export function AnywayQuestion({ answeredAt, sendAnyway, keepEditing }: QuestionProps) {
  const t = useT('composer');
  const format = useFormat();
  const [ms] = useState(() => Math.max(0, clock.now() - answeredAt));
  const ago =
    ms < minuteMs
      ? t('question.seconds', { seconds: Math.max(1, Math.round(ms / 1000)) })
      : format.duration(ms);
  return (
    <ComposerAsk
      sign={<IconUserCheck size={16} aria-hidden />}
      text={t('question.text', { ago })}
      anyway={t('question.anyway')}
      testId="anyway-question"
      send={sendAnyway}
      keepEditing={keepEditing}
    />
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
