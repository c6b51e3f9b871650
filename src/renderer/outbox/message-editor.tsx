import { useContext, useEffect, useLayoutEffect, useRef } from 'react';
import { tellTakenBack } from '../composer/composer-events.ts';
import { useT } from '../i18n/i18n.ts';
import { sendActionFor } from '../panel/keys.ts';
import { useReason } from '../panel/reason.ts';
import { useSettings } from '../settings/settings-store.ts';
import { Reveal } from '../thread/reveal.ts';
import { isComposing } from '../ui/ime.ts';
import type { Phase } from './pending.ts';
import { endEdit, isUsed, saveEdit, tookFocus, typeEdit, useEdits } from './edits.ts';
import styles from './message-editor.module.css';

interface EditorProps {
  readonly messageId: number;
  readonly conversationId: number;
  /** As it stands now. */
  readonly text: string | null;
  /** Null: it is sent. */
  readonly phase: Phase | null;
}

/** It went out, or is going, with the text it had: another one comes too late. */
const tooLateIn: readonly (Phase | null)[] = ['sending', 'checking', 'unconfirmed', null];

/** Grows with its text, up to what its style allows. */
function fit(field: HTMLTextAreaElement): void {
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + 2}px`;
}

function Gone({ messageId, conversationId }: Omit<EditorProps, 'phase' | 'text'>) {
  const t = useT('outbox');
  const toComposer = (): void => {
    const text = useEdits.getState().get(messageId)?.text ?? '';
    endEdit(messageId);
    tellTakenBack(conversationId, text);
  };
  return (
    <>
      <p className={styles.problem} role="alert" data-testid="edit-problem">
        {t('edit.gone')}
      </p>
      <div className={styles.acts}>
        <button type="button" className={styles.act} onClick={toComposer}>
          {t('edit.toComposer')}
        </button>
        <button type="button" className={styles.act} onClick={() => endEdit(messageId)}>
          {t('action.close')}
        </button>
      </div>
    </>
  );
}

/** Another text for a message that is not on its way: in its own place, kept as typed until it is saved or let go. */
export function MessageEditor({ messageId, conversationId, text, phase }: EditorProps) {
  const t = useT('outbox');
  const reason = useReason();
  const editor = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const reveal = useContext(Reveal);
  const edit = useEdits((edits) => edits.get(messageId));
  const sendKey = useSettings((state) => state.settings.sendKey);
  const { text: typed, error, wantsFocus = false } = edit ?? {};
  const tooLate = tooLateIn.includes(phase) || error?.code === 'conflict';
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null || !wantsFocus) return;
    element.focus({ preventScroll: true });
    element.setSelectionRange(element.value.length, element.value.length);
    tookFocus(messageId);
  }, [messageId, wantsFocus]);
  // Whoever writes sees all of it, however it grows.
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null || editor.current === null) return;
    fit(element);
    if (document.activeElement === element) reveal(editor.current);
  }, [typed, error, tooLate, reveal]);
  const used = isUsed(edit, tooLate, text);
  useEffect(() => {
    if (used) endEdit(messageId);
  }, [messageId, used]);
  if (edit === undefined || used) return null;

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      endEdit(messageId);
    } else if (sendActionFor(event, sendKey) !== null) {
      event.preventDefault();
      if (!event.repeat && !tooLate) void saveEdit(messageId);
    }
  };
  return (
    <div ref={editor} className={styles.editor} data-testid="message-editor">
      <textarea
        ref={field}
        className={styles.field}
        aria-label={t('edit.label')}
        dir="auto"
        rows={1}
        value={edit.text}
        onChange={(event) => typeEdit(messageId, event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {tooLate ? (
        <Gone messageId={messageId} conversationId={conversationId} />
      ) : (
        <>
          {edit.error !== null && (
            <p className={styles.problem} role="alert" data-testid="edit-problem">
              {t('edit.failed', { reason: reason(edit.error) })}
            </p>
          )}
          <div className={styles.acts}>
            <button
              type="button"
              className={styles.act}
              data-main
              disabled={edit.text.trim() === '' || edit.saving}
              onClick={() => void saveEdit(messageId)}
            >
              {/* By changing it, the person says that it is to go. */}
              {t(phase === 'queued' ? 'action.save' : 'edit.saveAndSend')}
            </button>
            <button type="button" className={styles.act} onClick={() => endEdit(messageId)}>
              {t('action.cancel')}
            </button>
          </div>
        </>
      )}
    </div>
  );
}
