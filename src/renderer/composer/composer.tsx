import { IconAlertCircle, IconCornerDownLeft } from '@tabler/icons-react';
import type { ConversationRow } from '../../contract/models.ts';
import { useT } from '../i18n/i18n.ts';
import { useBuyerName } from '../panel/buyer-name.ts';
import { displayText } from '../panel/display-text.ts';
import { sendActionFor } from '../panel/keys.ts';
import { useReason } from '../panel/reason.ts';
import { useSettings } from '../settings/settings-store.ts';
import { StoreStateLine } from '../stores/store-state.tsx';
import { useStores } from '../stores/stores-store.ts';
import { isComposing } from '../ui/ime.ts';
import { modifierName } from '../ui/kbd.tsx';
import { platformLine } from '../ui/platform-line.ts';
import { PlatformMark } from '../ui/platform-mark.tsx';
import { SiteTag } from '../ui/site-tag.tsx';
import { composerFieldId } from './composer-focus.ts';
import { lengthNote } from './length-note.ts';
import { useComposerField } from './use-composer.ts';
import { useSend, type SendProblem } from './use-send.ts';
import styles from './composer.module.css';

const longestDraft = 20_000;

function Problem({ problem, most }: { readonly problem: SendProblem; readonly most: number }) {
  const t = useT('composer');
  const reason = useReason();
  const text =
    'key' in problem
      ? t(`problem.${problem.key}`, { most })
      : t('problem.failed', { reason: reason(problem.error) });
  return (
    <p className={styles.problem} role="alert" data-testid="composer-problem">
      <IconAlertCircle size={14} aria-hidden />
      {text}
    </p>
  );
}

/** React hook: what the keys do here. */
function useKeysHint(): string {
  const t = useT('composer');
  const sendKey = useSettings((state) => state.settings.sendKey);
  return t(`hint.${sendKey}`, { modifier: modifierName() });
}

/** In whose name the answer goes out; what the keys do, or that this store is in trouble. */
function ReplyingAs({ row }: { readonly row: ConversationRow }) {
  const t = useT('composer');
  const hint = useKeysHint();
  const state = useStores((stores) => stores.byId.get(row.storeId)?.state);
  const isWell = state === undefined || state === 'online' || state === 'first-read';
  return (
    <div className={styles.head}>
      <span className={styles.as}>{t('as')}</span>
      <PlatformMark platform={row.platform} size={16} />
      <span className={styles.store} data-testid="composer-store">
        {row.storeName}
      </span>
      <SiteTag site={row.site} />
      {isWell ? (
        <span className={styles.hint}>{hint}</span>
      ) : (
        <span className={styles.state} data-testid="composer-store-state">
          <StoreStateLine state={state} />
        </span>
      )}
    </div>
  );
}

function Length({ length, most }: { readonly length: number; readonly most: number }) {
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

/** Where an answer is written, in the name of one store. Keyed by the conversation: a text never changes its buyer. */
export function Composer({ row }: { readonly row: ConversationRow }) {
  const t = useT('composer');
  const sendKey = useSettings((state) => state.settings.sendKey);
  const most = useStores((state) => state.byId.get(row.storeId)?.maxTextLength) ?? longestDraft;
  const hint = useKeysHint();
  const composer = useComposerField(row.id);
  const label = { store: displayText(row.storeName), site: row.site, buyer: useBuyerName()(row.buyerName) };
  const { problem, clearProblem, sending, send } = useSend(row.id, most, composer, label);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (isComposing(event)) return;
    const action = sendActionFor(event, sendKey);
    if (action === null) return;
    event.preventDefault();
    if (!event.repeat) send(action === 'send-next');
  };
  return (
    <section
      className={styles.composer}
      style={{ borderTopColor: platformLine(row.platform) }}
      aria-label={t('label', label)}
      data-testid="composer"
      data-conversation-id={row.id}
    >
      <ReplyingAs row={row} />
      {composer.waitingDraft !== null && (
        <p className={styles.waiting}>
          <span className={styles.waitingText}>
            {t('waiting', { text: displayText(composer.waitingDraft) })}
          </span>
          <button type="button" className={styles.link} onClick={composer.insertWaiting}>
            {t('insertWaiting')}
          </button>
        </p>
      )}
      <textarea
        ref={composer.field}
        id={composerFieldId}
        className={styles.field}
        data-conversation-id={row.id}
        data-testid="composer-field"
        aria-label={t('field', label)}
        placeholder={t('placeholder', label)}
        dir="auto"
        rows={2}
        maxLength={longestDraft}
        defaultValue={composer.keeper.text()}
        onInput={() => {
          composer.onInput();
          if (problem !== null) clearProblem();
        }}
        onBlur={composer.keeper.flush}
        onKeyDown={onKeyDown}
      />
      {problem !== null && <Problem problem={problem} most={most} />}
      <div className={styles.foot}>
        <Length length={composer.length} most={most} />
        <button
          type="button"
          className={styles.send}
          data-testid="send"
          aria-busy={sending}
          title={hint}
          disabled={composer.length === 0}
          onClick={() => send(false)}
        >
          {t('send')}
          <IconCornerDownLeft size={15} aria-hidden />
        </button>
      </div>
    </section>
  );
}
