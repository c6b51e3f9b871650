import { IconLanguage, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { MessageView, PlatformId } from '../../contract/models.ts';
import type { TranslationView } from '../../contract/translation-models.ts';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { tell } from '../panel/tell.ts';
import { TranslationEditor } from './translation-editor.tsx';
import { useLanguageName, useTranslationError } from './words.ts';
import styles from './message-translation.module.css';

type Done = Extract<TranslationView, { state: 'done' }>;

function Words({
  messageId,
  done,
  platform,
}: {
  readonly messageId: number;
  readonly done: Done;
  readonly platform: PlatformId;
}) {
  const t = useT('translation');
  const nameOf = useLanguageName();
  const [isEditing, setEditing] = useState(false);
  if (isEditing) {
    return <TranslationEditor messageId={messageId} done={done} close={() => setEditing(false)} />;
  }
  const from = done.from === null ? t('message.unknown') : nameOf(done.from);
  return (
    <>
      <div className={styles.words} dir="auto" lang={done.to} data-testid="message-translation">
        {displayText(done.text)}
      </div>
      <div className={styles.foot}>
        <span>
          {t(`message.by.${done.by}`, {
            from,
            platform: t(`platform.${platform}`),
            provider: displayText(done.provider ?? ''),
          })}
        </span>
        <button
          type="button"
          className={styles.edit}
          aria-label={t('message.edit')}
          title={t('message.edit')}
          onClick={() => setEditing(true)}
        >
          <IconPencil size={13} aria-hidden />
        </button>
      </div>
    </>
  );
}

const ask = (messageId: number): void => void client.call('translation.ask', { messageId }).then(tell);

/** Under a message's words: their translation, or why there is none; what was meant by words that went out translated. */
export function MessageTranslation({
  message,
  platform,
}: {
  readonly message: MessageView;
  readonly platform: PlatformId;
}) {
  const t = useT('translation');
  const errorText = useTranslationError();
  const { translation, meant, id } = message;
  if (meant !== null) {
    return (
      <div className={styles.translation}>
        <div className={styles.words} dir="auto" data-testid="message-meant">
          {displayText(meant)}
        </div>
        <div className={styles.foot}>{t('message.meant')}</div>
      </div>
    );
  }
  switch (translation?.state) {
    case 'done':
      return (
        <div className={styles.translation}>
          <Words messageId={id} done={translation} platform={platform} />
        </div>
      );
    case 'pending':
      return (
        <div className={styles.translation} role="status">
          <span className={styles.quiet}>{t('message.pending')}</span>
        </div>
      );
    case 'failed':
      return (
        <div className={styles.translation}>
          <span className={styles.quiet} data-testid="translation-failed">
            {t('message.failed', { reason: errorText(translation.error) })}
          </span>{' '}
          <button type="button" className={styles.link} onClick={() => ask(id)}>
            {t('message.again')}
          </button>
        </div>
      );
    default:
      return null;
  }
}

/** In a bubble's last line, so that it takes no room of its own. */
export function TranslationOffer({ message }: { readonly message: MessageView }) {
  const t = useT('translation');
  const nameOf = useLanguageName();
  const { translation, id } = message;
  if (translation?.state !== 'offered') return null;
  const { from } = translation;
  return (
    <button
      type="button"
      className={styles.offer}
      title={from === null ? undefined : t('message.offerFrom', { language: nameOf(from) })}
      onClick={() => ask(id)}
    >
      <IconLanguage size={13} aria-hidden />
      {t('message.offer')}
    </button>
  );
}
