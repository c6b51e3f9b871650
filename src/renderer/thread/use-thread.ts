import { useEffect, useState } from 'react';
import { client } from '../client.ts';
import { onStored } from './thread-events.ts';
import { createThread, type Thread } from './thread-store.ts';

/** React hook: the thread of one conversation, kept up to date. The component must be keyed by the conversation. */
export function useThread(conversationId: number): Thread {
  const [thread] = useState(() => createThread(conversationId));
  useEffect(() => {
    const stops = [
      client.onFeed('messages', (ids) => {
        if (ids.length === 0 || ids.includes(conversationId)) thread.refresh();
      }),
      onStored((message) => thread.takeStored(message)),
    ];
    thread.refresh();
    return () => {
      for (const stop of stops) stop();
    };
  }, [thread, conversationId]);
  return thread;
}
