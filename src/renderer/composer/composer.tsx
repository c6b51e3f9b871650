import { IconCornerDownLeft } from '@tabler/icons-react';
import type { ConversationRow } from '../../contract/models.ts';
import { useView } from '../app/views.ts';
import { ComposerTools } from '../attachments/composer-tools.tsx';
import { DropHint } from '../attachments/drop-hint.tsx';
import { PictureStrip, RefusedFiles } from '../attachments/picture-strip.tsx';
import { usePictures } from '../attachments/use-pictures.ts';
import { useT } from '../i18n/i18n.ts';
import { useBuyerName } from '../panel/buyer-name.ts';
import { displayText } from '../panel/display-text.ts';
import { useStores } from '../stores/stores-store.ts';
import type { ConversationTranslation } from '../translation/conversation-translation.ts';
import { platformLine } from '../ui/platform-line.ts';
import { pastedFiles, useDrop } from '../ui/use-drop.ts';
import { ComposerQuestion } from './anyway-question.tsx';
import { composerFieldId } from './composer-focus.ts';
import { Length, Problem, WaitingDraft } from './composer-notes.tsx';
import { OutgoingPreview, UntranslatedNote } from './outgoing-preview.tsx';
import { ReplyingAs, useKeysHint } from './replying-as.tsx';
import { useComposerField } from './use-composer.ts';
import { useOutgoing, type Outgoing } from './use-outgoing.ts';
import { useTranslatedSend, type TranslatedSender } from './use-translated-send.ts';
import { useComposerKeys } from './use-composer-keys.ts';
import { useSend } from './use-send.ts';
import styles from './composer.module.css';

const longestDraft = 20_000;

/** How long what goes out is: the translation where there is one. */
function goingLength(typed: number, { draft }: Outgoing): number {
  return draft.state === 'done' ? (draft.words?.length ?? typed) : typed;
}

function SendButton(props: {
  readonly sending: boolean;
  readonly empty: boolean;
  readonly send: () => void;
}) {
  const t = useT('composer');
  const hint = useKeysHint();
  return (
    <button
      type="button"
      className={styles.send}
      data-testid="send"
      aria-busy={props.sending}
      title={hint}
      disabled={props.empty}
      onClick={props.send}
    >
      {t('send')}
      <IconCornerDownLeft size={15} aria-hidden />
    </button>
  );
}

interface FootProps {
  readonly row: ConversationRow;
  readonly most: number;
  /** Of what is typed. */
  readonly length: number;
  readonly outgoing: Outgoing;
  readonly sender: TranslatedSender;
  readonly pictures: ReturnType<typeof usePictures>;
  readonly focus: () => void;
}

/** What goes out for the text, why it stays, and what can be done with it. */
function Foot({ row, most, length, outgoing, sender, pictures, focus }: FootProps) {
  const t = useT('composer');
  const store = useStores((state) => state.byId.get(row.storeId));
  const { problem } = sender;
  const limits = store?.sends.image ?? null;
  return (
    <>
      <OutgoingPreview conversationId={row.id} outgoing={outgoing} />
      <UntranslatedNote sender={sender} focus={focus} />
      {problem !== null && <Problem problem={problem} most={most} />}
      {limits !== null && (
        <RefusedFiles refused={pictures.refused} limits={limits} platform={t(`platform.${row.platform}`)} />
      )}
      <div className={styles.foot}>
        {store !== undefined && <ComposerTools row={row} sends={store.sends} add={pictures.add} />}
        {sender.waiting && (
          <span className={styles.wait} role="status" data-testid="send-waits">
            {t('outgoing.waits')}
          </span>
        )}
        <Length length={goingLength(length, outgoing)} most={most} />
        <SendButton
          sending={sender.sending || sender.waiting}
          empty={length === 0 && pictures.items.length === 0}
          send={() => sender.send(false)}
        />
      </div>
    </>
  );
}

interface ComposerProps {
  readonly row: ConversationRow;
  readonly translation: ConversationTranslation;
}

/** Where an answer is written, in the name of one store. Keyed by the conversation: a text never changes its buyer. */
export function Composer({ row, translation }: ComposerProps) {
  const t = useT('composer');
  const store = useStores((state) => state.byId.get(row.storeId));
  const most = store?.maxTextLength ?? longestDraft;
  const limits = store?.sends.image ?? null;
  const pictures = usePictures(row.id, limits);
  const isShown = useView(({ view }) => view === 'panel');
  const isOver = useDrop(pictures.add, isShown) && limits !== null;
  const composer = useComposerField(row.id);
  const label = { store: displayText(row.storeName), site: row.site, buyer: useBuyerName()(row.buyerName) };
  const outgoing = useOutgoing(row.id, composer, translation);
  const plain = useSend(row.id, most, composer, label, pictures.clearRefused);
  const sender = useTranslatedSend(row.id, plain, composer, outgoing);
  const { problem, question, clear } = sender;
  const focus = (): void => composer.field.current?.focus();

  const onKeyDown = useComposerKeys(sender);
  const onPaste = (event: React.ClipboardEvent): void => {
    const files = pastedFiles(event.clipboardData);
    if (files.length === 0 || limits === null) return;
    event.preventDefault();
    pictures.add(files);
  };
  return (
    <section
      className={styles.composer}
      style={{ borderTopColor: platformLine(row.platform) }}
      aria-label={t('label', label)}
      data-testid="composer"
      data-conversation-id={row.id}
    >
      {isOver && <DropHint label={label} />}
      <ReplyingAs row={row} />
      <WaitingDraft
        text={composer.waitingDraft}
        insert={composer.insertWaiting}
        drop={composer.dropWaiting}
      />
      <ComposerQuestion sender={sender} focus={focus} />
      <PictureStrip
        items={pictures.items}
        remove={(clientId) => {
          pictures.remove(clientId);
          focus();
        }}
      />
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
          if (problem !== null || question !== null) clear();
          if (pictures.refused.length > 0) pictures.clearRefused();
        }}
        onBlur={composer.keeper.flush}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <Foot
        row={row}
        most={most}
        length={composer.length}
        outgoing={outgoing}
        sender={sender}
        pictures={pictures}
        focus={focus}
      />
    </section>
  );
}
