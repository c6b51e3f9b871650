import { IconAlertCircle, IconLanguage } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { LanguageCode } from '../../contract/languages.ts';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { useLanguageName, useTranslationError } from '../translation/words.ts';
import { ComposerAsk } from './composer-ask.tsx';
import { TRANSLATION_WAIT, type Outgoing } from './use-outgoing.ts';
import type { TranslatedSender } from './use-translated-send.ts';
import styles from './outgoing.module.css';

/** What the words say, translated back; asked for by a press, and gone when they change. */
function Back({
  conversationId,
  words,
  to,
}: {
  readonly conversationId: number;
  readonly words: string;
  readonly to: LanguageCode;
}) {
  const t = useT('composer');
  const errorText = useTranslationError();
  const [answer, setAnswer] = useState<{ text: string | null } | ErrorShape | 'asked' | null>(null);
  useEffect(() => setAnswer(null), [words]);
  const ask = async (): Promise<void> => {
    setAnswer('asked');
    const result = await client.call(
      'translation.draft',
      { conversationId, text: words, to },
      TRANSLATION_WAIT,
    );
    setAnswer(result.ok ? result.value : result.error);
  };
  if (answer === null) {
    return (
      <button type="button" className={styles.link} onClick={() => void ask()}>
        {t('outgoing.back')}
      </button>
    );
  }
  if (answer === 'asked') return <span className={styles.quiet}>{t('outgoing.pending')}</span>;
  return (
    <span className={styles.quiet} role="status" data-testid="back-translation">
      {'code' in answer
        ? t('outgoing.failed', { reason: errorText(answer) })
        : t('outgoing.backIs', { text: displayText(answer.text ?? words) })}
    </span>
  );
}

/** Under the field while answers are translated: what will go out, which can be changed. */
export function OutgoingPreview({
  conversationId,
  outgoing,
}: {
  readonly conversationId: number;
  readonly outgoing: Outgoing;
}) {
  const t = useT('composer');
  const nameOf = useLanguageName();
  const errorText = useTranslationError();
  const { how, draft, keeper } = outgoing;
  if (how?.to == null || draft.state === 'none') return null;
  const language = nameOf(how.to);
  const words = draft.state === 'done' ? draft.words : null;
  return (
    <div className={styles.preview} data-state={draft.state} data-testid="outgoing-preview">
      <span className={styles.head}>
        <IconLanguage size={14} aria-hidden />
        {t(draft.state === 'done' && words === null ? 'outgoing.same' : 'outgoing.goes', { language })}
      </span>
      {draft.state === 'pending' && <span className={styles.quiet}>{t('outgoing.pending')}</span>}
      {draft.state === 'failed' && (
        <span className={styles.problem}>{t('outgoing.failed', { reason: errorText(draft.error) })}</span>
      )}
      {words !== null && (
        <>
          <textarea
            className={styles.words}
            aria-label={t('outgoing.field', { language })}
            data-testid="outgoing-words"
            dir="auto"
            lang={how.to}
            rows={1}
            maxLength={20_000}
            value={words}
            onChange={(event) => keeper.edit(event.currentTarget.value)}
          />
          <Back conversationId={conversationId} words={words} to={how.back} />
        </>
      )}
    </div>
  );
}

/** Asked where no translation could be had. */
export function UntranslatedNote({
  sender,
  focus,
}: {
  readonly sender: TranslatedSender;
  readonly focus: () => void;
}) {
  const t = useT('composer');
  const errorText = useTranslationError();
  const { untranslated, sendUntranslated, dropQuestion } = sender;
  if (untranslated === null) return null;
  return (
    <ComposerAsk
      sign={<IconAlertCircle size={16} aria-hidden />}
      text={t('outgoing.ask', { reason: errorText(untranslated.error) })}
      anyway={t('outgoing.untranslated')}
      testId="untranslated-question"
      send={() => {
        focus();
        sendUntranslated();
      }}
      keepEditing={() => {
        dropQuestion();
        focus();
      }}
    />
  );
}
