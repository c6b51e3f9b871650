import { useEffect, useState } from 'react';
import { client } from '../client.ts';
import { seenCards, type SeenCard } from './seen-cards.ts';

/** So many of the newest messages are looked through for cards. */
const lookedThrough = 400;

const nothing: readonly SeenCard[] = [];

/** React hook: the cards of a conversation's newest messages, the newest first. */
export function useSeenCards(conversationId: number, voucherCode: boolean): readonly SeenCard[] {
  const [cards, setCards] = useState(nothing);
  useEffect(() => {
    let shown = true;
    const at = { kind: 'latest' } as const;
    void client.call('messages.page', { conversationId, at, limit: lookedThrough }).then((answer) => {
      if (shown && answer.ok) setCards(seenCards(answer.value.messages, voucherCode));
    });
    return () => {
      shown = false;
    };
  }, [conversationId, voucherCode]);
  return cards;
}
