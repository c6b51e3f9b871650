import { useCallback } from 'react';
import type { CallOutput } from '../../contract/index.ts';
import { client } from '../client.ts';
import { useAnswer, type Answer } from '../ui/use-answer.ts';

/** How an open conversation is translated, both ways. */
export type ConversationTranslation = Answer<CallOutput<'translation.conversation'>>;

/** React hook: asked once where the conversation is opened, for all who show it. */
export function useConversationTranslation(conversationId: number): ConversationTranslation {
  const ask = useCallback(
    () => client.call('translation.conversation', { conversationId }),
    [conversationId],
  );
  return useAnswer(ask, 'translation');
}
