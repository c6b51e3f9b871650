import { Button, Textarea } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { TranslationView } from '../../contract/translation-models.ts';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { useDeed } from '../ui/use-deed.ts';
import { useTranslationError } from './words.ts';
import styles from './message-translation.module.css';

interface EditorProps {
  readonly messageId: number;
  readonly done: Extract<TranslationView, { state: 'done' }>;
  readonly close: () => void;
}

/** A person's own words for a message, kept and preferred in the whole store. What is typed stays where it can't be saved. */
export function TranslationEditor({ messageId, done, close }: EditorProps) {
  const t = useT('translation');
  const errorText = useTranslationError();
  const [text, setText] = useState(done.text);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const save = async (words: string): Promise<ErrorShape | null> => {
    const answer = await client.call('translation.edit', { messageId, text: words });
    return answer.ok ? null : answer.error;
  };
  const { busy, error, submit } = useDeed(close, () => save(text));
  const forget = useDeed(close, () => save(''));
  const failed = error ?? forget.error;
  return (
    <form
      className={styles.editor}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <Textarea
        aria-label={t('message.field')}
        autosize
        maxRows={8}
        maxLength={20_000}
        ref={field}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {failed !== null && (
        <p role="alert" className={styles.problem}>
          {t('message.notSaved', { reason: errorText(failed) })}
        </p>
      )}
      <div className={styles.buttons}>
        {done.by === 'person' && (
          <Button size="compact-sm" variant="subtle" loading={forget.busy} onClick={forget.submit}>
            {t('message.forget')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={close}>
          {t('message.cancel')}
        </Button>
        <Button size="compact-sm" type="submit" loading={busy} disabled={text.trim() === ''}>
          {t('message.save')}
        </Button>
      </div>
    </form>
  );
}
