import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import {
  anchorShift,
  anchorsKept,
  isAtBottom,
  nearBottom,
  scrolledSince,
  unseenCount,
  wantsFurther,
  type Anchor,
  type ScrollBox,
} from './scroll-anchor.ts';
import type { Thread } from './thread-store.ts';
import type { ThreadWindow } from './thread-window.ts';

const messageSelector = '[data-message-id]';

/** The messages in view, from the first on, with where they stand in the window: what comes in above all moves none. */
function readAnchors(scroller: HTMLElement): Anchor[] {
  const viewTop = scroller.getBoundingClientRect().top;
  const anchors: Anchor[] = [];
  for (const element of scroller.querySelectorAll<HTMLElement>(messageSelector)) {
    const box = element.getBoundingClientRect();
    if (box.bottom <= viewTop) continue;
    anchors.push({ id: element.dataset['messageId'] ?? '', top: box.top });
    if (anchors.length === anchorsKept) break;
  }
  return anchors;
}

function boxOf({ scrollTop, scrollHeight, clientHeight }: HTMLElement): ScrollBox {
  return { scrollTop, scrollHeight, clientHeight };
}

function topIn(scroller: HTMLElement): (id: string) => number | null {
  return (id) =>
    scroller.querySelector(`[data-message-id="${CSS.escape(id)}"]`)?.getBoundingClientRect().top ?? null;
}

/** Remembers where the reader is: the first message in view, and how far below the view's upper edge it begins. */
function noteAt(thread: Thread, scroller: HTMLElement, anchors: readonly Anchor[]): void {
  const [first] = anchors;
  if (first === undefined) return;
  const offset = Math.round(first.top - scroller.getBoundingClientRect().top);
  thread.noteAt({ messageId: Number(first.id), offset, atEnd: thread.isFollowing() });
}

export interface ThreadScroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  readonly atBottom: boolean;
  /** Messages that came while the reader was further up. */
  readonly unseen: number;
}

/**
 * Keeps the thread still under the reader. A reader at the newest message stays there; anyone else keeps every
 * message in view where it stands, whatever is put above, let go or resized: the shift is undone before it is
 * painted. This is done by hand because the browser's own scroll anchoring does nothing at the very top.
 */
export function useThreadScroll(
  thread: Thread,
  window: ThreadWindow | null,
  jumps: number,
  unread: number,
): ThreadScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const anchors = useRef<readonly Anchor[]>([]);
  const seen = useRef<ScrollBox>({ scrollTop: 0, scrollHeight: 0, clientHeight: 0 });
  // Where a reader at the newest message stands exactly: only another newest message moves him.
  const bottom = useRef<{ readonly newest: number | null; readonly distance: number }>({
    newest: null,
    distance: 0,
  });
  const filledFor = useRef<number | null>(null);
  const [atBottom, setAtBottom] = useState(true);
  const [lastSeenId, setLastSeenId] = useState<number | null>(null);
  const ids = window?.messages.map((message) => message.id) ?? [];
  const newestId = ids.at(-1) ?? null;

  const settle = useCallback((): void => {
    const view = scroller.current;
    if (view === null) return;
    const returnTo = thread.takeReturn();
    if (returnTo !== null) {
      const top = view.getBoundingClientRect().top + returnTo.offset;
      anchors.current = [{ id: String(returnTo.messageId), top }];
      seen.current = boxOf(view);
      setAtBottom(false);
    }
    const newest = thread.state.getState().window?.messages.at(-1)?.id ?? null;
    if (newest !== bottom.current.newest) bottom.current = { newest, distance: 0 };
    const scrolled = scrolledSince(seen.current, boxOf(view));
    if (scrolled < -nearBottom && !isAtBottom(view)) thread.setFollowing(false);
    if (thread.isFollowing()) {
      view.scrollTop = view.scrollHeight - view.clientHeight - bottom.current.distance;
    } else {
      const wanted = anchors.current.map(({ id, top }) => ({ id, top: top - scrolled }));
      const shift = anchorShift(wanted, topIn(view));
      if (Math.abs(shift) >= 0.5) view.scrollTop += shift;
    }
    anchors.current = readAnchors(view);
    seen.current = boxOf(view);
    noteAt(thread, view, anchors.current);
    // A stretch shorter than the view is filled up; once for each stretch, so that it ends where nothing more comes.
    const firstId = thread.state.getState().window?.messages[0]?.id ?? null;
    if (firstId === filledFor.current) return;
    filledFor.current = firstId;
    const further = wantsFurther(view);
    if (further.older) thread.loadOlder();
    if (further.newer) thread.loadNewer();
  }, [thread]);

  const onScroll = useCallback((): void => {
    const view = scroller.current;
    if (view === null) return;
    const reachedEnd = thread.state.getState().window?.reachedEnd ?? true;
    const following = reachedEnd && isAtBottom(view);
    thread.setFollowing(following);
    const distance = following ? Math.max(0, view.scrollHeight - view.clientHeight - view.scrollTop) : 0;
    bottom.current = { ...bottom.current, distance };
    setAtBottom(following);
    anchors.current = readAnchors(view);
    seen.current = boxOf(view);
    noteAt(thread, view, anchors.current);
    const further = wantsFurther(view);
    if (further.older) thread.loadOlder();
    if (further.newer) thread.loadNewer();
  }, [thread]);

  useLayoutEffect(settle, [settle, window]);
  useLayoutEffect(() => {
    const view = scroller.current;
    if (jumps === 0 || view === null) return;
    seen.current = boxOf(view);
    thread.setFollowing(true);
    bottom.current = { ...bottom.current, distance: 0 };
    setAtBottom(true);
    settle();
  }, [jumps, settle, thread]);

  // Anything else that changes heights: the window's size, the composer growing, a font arriving.
  useEffect(() => {
    const observer = new ResizeObserver(settle);
    for (const element of [scroller.current, content.current])
      if (element !== null) observer.observe(element);
    return () => observer.disconnect();
  }, [settle]);

  useEffect(() => {
    if (atBottom) setLastSeenId(newestId);
  }, [atBottom, newestId]);

  // Of a thread opened further up, and of messages not read yet, the conversation's own count says what is below.
  const counted = lastSeenId !== null && window?.reachedEnd === true;
  const unseen = counted ? unseenCount(ids, lastSeenId) : unread;
  return { scroller, content, onScroll, atBottom, unseen: atBottom ? 0 : unseen };
}
