import { memo } from 'react';
import type { MessageView, PlatformId } from '../../contract/models.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useBuyerName } from '../panel/buyer-name.ts';
import { displayText } from '../panel/display-text.ts';
import { MessageContent } from './message-content.tsx';
import { StatusWord, TroubleLine } from './message-status.tsx';
import { sideOf, type HeldBy } from './thread-items.ts';
import styles from './message-bubble.module.css';

interface BubbleProps {
  readonly message: MessageView;
  readonly joined: boolean;
  readonly heldBy: HeldBy;
  readonly platform: PlatformId;
  readonly buyerName: string;
  readonly storeName: string;
}

/** One message of the thread: the buyer's at the left, the shop's at the right, notices in the middle. */
export const MessageBubble = memo(function MessageBubble(props: BubbleProps) {
  const { message, joined, heldBy, platform, buyerName, storeName } = props;
  const t = useT('thread');
  const format = useFormat();
  const side = sideOf(message);
  const buyer = useBuyerName()(buyerName);
  const name =
    side === 'buyer' ? buyer : side === 'shop' ? displayText(storeName) : t(`platform.${platform}`);
  const clock = format.clock(message.at);
  return (
    <div
      role="article"
      aria-label={t('bubble.label', { name, time: clock })}
      className={styles.message}
      data-message-id={message.id}
      data-testid="message"
      data-side={side}
      data-author={message.author}
      data-kind={message.kind}
      data-status={message.status ?? undefined}
      data-joined={joined}
    >
      <div className={styles.bubble}>
        <MessageContent message={message} platform={platform} />
        <div className={styles.foot}>
          <time dateTime={new Date(message.at).toISOString()} title={format.full(message.at)}>
            {clock}
          </time>
          <StatusWord message={message} heldBy={heldBy} />
        </div>
      </div>
      <TroubleLine message={message} heldBy={heldBy} />
      {message.notice !== null && (
        <div className={styles.notice} dir="auto">
          {t('bubble.notice', { platform: t(`platform.${platform}`), text: displayText(message.notice) })}
        </div>
      )}
    </div>
  );
});
