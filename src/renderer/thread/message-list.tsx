import { memo, useMemo } from 'react';
import type { ConversationRow } from '../../contract/models.ts';
import { useMinute } from '../conversations/minute.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { alone, pendingPlaces } from '../outbox/pending.ts';
import { MessageBubble } from './message-bubble.tsx';
import { threadItems } from './thread-items.ts';
import type { ThreadWindow } from './thread-window.ts';
import styles from './thread.module.css';

function DaySeparator({ at }: { readonly at: number }) {
  const format = useFormat();
  const now = useMinute();
  return (
    <div className={styles.day} role="separator">
      {format.day(at, now)}
    </div>
  );
}

/** Above the first message that was unread when the thread was opened. */
function UnreadLine() {
  const t = useT('panel');
  return (
    <div className={styles.unread} role="separator" data-testid="unread-line">
      <span>{t('thread.unread')}</span>
    </div>
  );
}

interface MessageListProps {
  readonly messages: ThreadWindow['messages'];
  readonly unreadFromId: number | null;
  readonly conversation: Pick<ConversationRow, 'platform' | 'buyerName' | 'storeName' | 'storeId'>;
}

/** The messages drawn, with separators between days. */
export const MessageList = memo(function MessageList(props: MessageListProps) {
  const { messages, unreadFromId, conversation } = props;
  const items = useMemo(() => threadItems(messages, unreadFromId), [messages, unreadFromId]);
  const places = useMemo(() => pendingPlaces(messages), [messages]);
  const { platform, buyerName, storeName, storeId } = conversation;
  return items.map((item) =>
    item.kind === 'day' ? (
      <DaySeparator key={item.key} at={item.at} />
    ) : item.kind === 'unread' ? (
      <UnreadLine key={item.key} />
    ) : (
      <MessageBubble
        key={item.key}
        message={item.message}
        joined={item.joined}
        place={places.get(item.message.id) ?? alone}
        platform={platform}
        buyerName={buyerName}
        storeName={storeName}
        storeId={storeId}
      />
    ),
  );
});
