import { memo } from 'react';
import type { MessageView, PlatformId } from '../../contract/models.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useBuyerName } from '../panel/buyer-name.ts';
import { displayText } from '../panel/display-text.ts';
import { MessageContent } from './message-content.tsx';
import { MessageEditor } from '../outbox/message-editor.tsx';
import { useEdits } from '../outbox/edits.ts';
import type { PendingPlace } from '../outbox/pending.ts';
import { PendingLine, StatusWord } from './message-status.tsx';
import { MessageTranslation, TranslationOffer } from '../translation/message-translation.tsx';
import { sideOf } from './thread-items.ts';
import styles from './message-bubble.module.css';

interface BubbleProps {
  readonly message: MessageView;
  readonly joined: boolean;
  /** The messages it waits for or that wait for it. */
  readonly place: PendingPlace;
  readonly platform: PlatformId;
  readonly buyerName: string;
  readonly storeName: string;
  readonly storeId: number;
}

/** One message of the thread: the buyer's at the left, the shop's at the right, notices in the middle. */
export const MessageBubble = memo(function MessageBubble(props: BubbleProps) {
  const { message, joined, place, platform, buyerName, storeName, storeId } = props;
  const { pending } = message;
  const t = useT('thread');
  const format = useFormat();
  const side = sideOf(message);
  const buyer = useBuyerName()(buyerName);
  const name =
    side === 'buyer' ? buyer : side === 'shop' ? displayText(storeName) : t(`platform.${platform}`);
  const editing = useEdits((edits) => edits.has(message.id));
  const clock = format.clock(message.at);
  return (
    <div
      role="article"
      tabIndex={-1}
      aria-label={t('bubble.label', { name, time: clock })}
      className={styles.message}
      data-message-id={message.id}
      data-testid="message"
      data-side={side}
      data-author={message.author}
      data-kind={message.kind}
      data-status={message.status ?? undefined}
      data-phase={pending?.phase}
      data-joined={joined}
    >
      <div className={styles.bubble}>
        {editing ? (
          <MessageEditor
            messageId={message.id}
            conversationId={message.conversationId}
            text={message.text}
            phase={pending?.phase ?? null}
          />
        ) : (
          <>
            <MessageContent message={message} platform={platform} storeId={storeId} />
            <MessageTranslation message={message} platform={platform} />
          </>
        )}
        <div className={styles.foot}>
          <TranslationOffer message={message} />
          <time dateTime={new Date(message.at).toISOString()} title={format.full(message.at)}>
            {clock}
          </time>
          <StatusWord message={message} place={place} storeId={storeId} />
        </div>
      </div>
      {pending !== null && (
        <PendingLine message={message} pending={pending} place={place} storeId={storeId} editing={editing} />
      )}
      {message.notice !== null && (
        <div className={styles.notice} dir="auto">
          {t('bubble.notice', { platform: t(`platform.${platform}`), text: displayText(message.notice) })}
        </div>
      )}
    </div>
  );
});
