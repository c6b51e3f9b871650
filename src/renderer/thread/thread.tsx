import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { ConversationRow } from '../../contract/models.ts';
import { useT } from '../i18n/i18n.ts';
import { useBuyerName } from '../panel/buyer-name.ts';
import { useReason } from '../panel/reason.ts';
import { ErrorState } from '../ui/states.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { MessageList } from './message-list.tsx';
import { useMessageWish } from './message-wish.ts';
import { ThreadTop } from './thread-top.tsx';
import { Reveal } from './reveal.ts';
import { useReadMark } from './use-read-mark.ts';
import { useThread } from './use-thread.ts';
import { useThreadScroll } from './use-thread-scroll.ts';
import styles from './thread.module.css';

function LatestPill({ unseen, onClick }: { readonly unseen: number; readonly onClick: () => void }) {
  const t = useT('thread');
  return (
    <button
      type="button"
      className={styles.pill}
      data-new={unseen > 0}
      data-testid="to-latest"
      onClick={onClick}
    >
      {unseen > 0 ? t('latest.new', { count: unseen }) : t('latest.plain')}
      <IconArrowDown size={14} aria-hidden />
    </button>
  );
}

/** The messages of one conversation. Keyed by the conversation: nothing of one thread lives on in another. */
export function Thread({ conversation }: { readonly conversation: ConversationRow }) {
  const t = useT('thread');
  const reason = useReason();
  const buyerName = useBuyerName();
  const thread = useThread(conversation);
  const { window, error, loadingOlder, jumps, unreadFromId } = useStore(thread.state);
  const { scroller, content, onScroll, atBottom, unseen, reveal } = useThreadScroll(
    thread,
    window,
    jumps,
    conversation.unread,
  );
  useReadMark(conversation, window, atBottom);
  useMessageWish(thread, conversation.id, window, scroller);
  useKeptFocus(scroller, window !== null);
  if (window === null && error !== null) {
    const again = (
      <Button size="xs" variant="default" onClick={thread.refresh}>
        {t('failed.retry')}
      </Button>
    );
    return (
      <div className={styles.place}>
        <ErrorState title={t('failed.title')} text={reason(error)} action={again} />
      </div>
    );
  }
  return (
    <div className={styles.place}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-label={t('label', { name: buyerName(conversation.buyerName) })}
        aria-busy={window === null || loadingOlder}
        tabIndex={0}
        onScroll={onScroll}
        data-testid="thread"
      >
        <div ref={content} className={styles.content}>
          {window !== null && (
            <>
              <ThreadTop window={window} loadingOlder={loadingOlder} loadOlder={thread.retryOlder} />
              <Reveal value={reveal}>
                <MessageList
                  messages={window.messages}
                  unreadFromId={unreadFromId}
                  conversation={conversation}
                />
              </Reveal>
            </>
          )}
        </div>
      </div>
      {!atBottom && <LatestPill unseen={unseen} onClick={thread.jumpToLatest} />}
    </div>
  );
}
