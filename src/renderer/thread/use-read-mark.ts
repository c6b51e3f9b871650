import { useEffect, useState } from 'react';
import type { ConversationRow } from '../../contract/models.ts';
import { client, clock } from '../client.ts';
import { usePanel } from '../panel/panel-store.ts';
import { usePageAttention } from './page-attention.ts';
import type { ThreadWindow } from './thread-window.ts';

const inViewMs = 2_000;
const againMs = 5_000;

/** The newest message that was sent or received; what is still on its way has not been anywhere to be read. */
function newestSettled(window: ThreadWindow | null): number | null {
  const settled = window?.messages.findLast(({ status }) => status === null || status === 'sent');
  return settled?.id ?? null;
}

/**
 * Marks a conversation read once its newest message has been in view for two seconds, in a visible window that has
 * the focus. Walking past marks nothing. Whether the platform is told is the engine's matter.
 */
export function useReadMark(
  conversation: ConversationRow,
  window: ThreadWindow | null,
  atBottom: boolean,
): void {
  const conversationId = conversation.id;
  const attention = usePageAttention();
  const keptUnread = usePanel((state) => state.keptUnreadId === conversationId);
  const [attempt, setAttempt] = useState(0);
  const newest = window?.reachedEnd === true && atBottom ? newestSettled(window) : null;
  const due = conversation.unread > 0 && attention && !keptUnread;
  useEffect(() => {
    if (newest === null || !due) return;
    let cancel = clock.after(inViewMs, () => {
      void client.call('conversations.markRead', { conversationId, messageId: newest }).then((answer) => {
        if (!answer.ok) cancel = clock.after(againMs, () => setAttempt((count) => count + 1));
      });
    });
    return () => cancel();
  }, [conversationId, newest, due, attempt]);
}
