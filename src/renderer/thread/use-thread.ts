import { useEffect, useState } from 'react';
import type { ConversationRow } from '../../contract/models.ts';
import { client } from '../client.ts';
import { onStored } from './thread-events.ts';
import { createThread, type Thread } from './thread-store.ts';

/** React hook: the thread of one conversation, kept up to date. The component must be keyed by the conversation. */
export function useThread(conversation: Pick<ConversationRow, 'id' | 'unread'>): Thread {
  const conversationId = conversation.id;
  const [thread] = useState(() => createThread(conversation));
  useEffect(() => {
    const stops = [
      client.onFeed('messages', (ids) => {
        if (ids.length === 0 || ids.includes(conversationId)) thread.refresh();
      }),
      onStored((message) => thread.takeStored(message)),
      thread.leave,
    ];
    thread.refresh();
    return () => {
      for (const stop of stops) stop();
    };
  }, [thread, conversationId]);
  return thread;
}
