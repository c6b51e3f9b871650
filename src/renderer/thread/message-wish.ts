import { useEffect, type RefObject } from 'react';
import { create } from 'zustand';
import { beginEdit } from '../outbox/edits.ts';
import { isEditable } from '../outbox/pending.ts';
import type { Thread } from './thread-store.ts';
import type { ThreadWindow } from './thread-window.ts';

/** A message somebody asked to see. */
interface Wish {
  readonly conversationId: number;
  readonly messageId: number;
  /** To write another text for it. */
  readonly edit: boolean;
}

const useWish = create<{ readonly wish: Wish | null }>(() => ({ wish: null }));
const shownMs = 1_600;

/** Brings a message into view, and the focus to it, as soon as its thread is drawn. */
export function wishMessage(conversationId: number, messageId: number, edit = false): void {
  useWish.setState({ wish: { conversationId, messageId, edit } });
}

function show(thread: Thread, scroller: HTMLElement, element: HTMLElement): void {
  const before = scroller.scrollTop;
  element.scrollIntoView({ block: 'nearest' });
  // Whoever was led away from the newest message is not led back by the next one that comes.
  if (scroller.scrollTop < before) thread.setFollowing(false);
  element.focus({ preventScroll: true });
  const ring = { outline: '2px solid var(--accent)', outlineOffset: '3px', borderRadius: '12px' };
  // Around the bubble alone: the message is as wide as the thread, and its acts may stand below its box.
  const bubble = element.firstElementChild ?? element;
  bubble.animate([ring, ring, { ...ring, outlineColor: 'transparent' }], shownMs);
}

/** React hook: fulfils wishes for messages of this thread. What isn't sent stands at its end, which is read if need be. */
export function useMessageWish(
  thread: Thread,
  conversationId: number,
  window: ThreadWindow | null,
  scroller: RefObject<HTMLElement | null>,
): void {
  const wish = useWish((state) => (state.wish?.conversationId === conversationId ? state.wish : null));
  useEffect(() => {
    const view = scroller.current;
    if (wish === null || window === null || view === null) return;
    const element = view.querySelector<HTMLElement>(`[data-message-id="${wish.messageId}"]`);
    if (element === null && !window.reachedEnd) {
      thread.jumpToLatest();
      return;
    }
    useWish.setState({ wish: null });
    if (element === null) return;
    show(thread, view, element);
    const message = window.messages.find(({ id }) => id === wish.messageId);
    if (wish.edit && message?.pending != null && isEditable(message.pending.phase, message.kind))
      beginEdit(message.id, message.text ?? '');
  }, [wish, window, thread, scroller]);
}
