import { IconMessageOff, IconMoodSmile, IconVideo } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { MessageView, PlatformId } from '../../contract/models.ts';
import { LinkedText } from '../browsers/linked-text.tsx';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { MessageCard } from './message-card.tsx';
import { MessageImage } from './message-image.tsx';
import styles from './message-content.module.css';

/** A stranger's text: shown as text and links alone, in its own direction, wherever it must broken. */
function Words({ text, storeId }: { readonly text: string; readonly storeId: number }) {
  return (
    <div className={styles.words} dir="auto" data-testid="message-text">
      <LinkedText text={text} storeId={storeId} />
    </div>
  );
}

function Placeholder({ sign, children }: { readonly sign: ReactNode; readonly children: ReactNode }) {
  return (
    <div className={styles.placeholder}>
      {sign}
      <span>{children}</span>
    </div>
  );
}

/** What a message says, by its kind. What can't be shown is named, never left out. */
export function MessageContent({
  message,
  platform,
  storeId,
}: {
  readonly message: MessageView;
  readonly platform: PlatformId;
  /** In whose browser its links open. */
  readonly storeId: number;
}) {
  const t = useT('thread');
  const off = <IconMessageOff size={16} aria-hidden />;
  if (message.recalled) return <Placeholder sign={off}>{t('content.recalled')}</Placeholder>;
  switch (message.kind) {
    case 'text':
    case 'system':
      return <Words text={message.text ?? ''} storeId={storeId} />;
    case 'image':
    case 'sticker':
      return (
        <>
          {message.kind === 'sticker' && message.media === null ? (
            // Shopee gives a sticker's number, not its picture.
            <Placeholder sign={<IconMoodSmile size={16} aria-hidden />}>{t('content.sticker')}</Placeholder>
          ) : (
            <MessageImage messageId={message.id} media={message.media} sticker={message.kind === 'sticker'} />
          )}
          {message.text !== null && message.text !== '' && <Words text={message.text} storeId={storeId} />}
        </>
      );
    case 'video':
      return <Placeholder sign={<IconVideo size={16} aria-hidden />}>{t('content.video')}</Placeholder>;
    case 'order':
    case 'product':
    case 'voucher':
    case 'return':
      return (
        <>
          <MessageCard kind={message.kind} card={message.card} />
          {message.text !== null && message.text !== '' && <Words text={message.text} storeId={storeId} />}
        </>
      );
    case 'unsupported':
      return (
        <Placeholder sign={off}>
          {t('content.unsupported', {
            platform: t(`platform.${platform}`),
            type: displayText(message.typeLabel ?? '?'),
          })}
        </Placeholder>
      );
    case 'unreadable':
      return <Placeholder sign={off}>{t('content.unreadable')}</Placeholder>;
  }
}
