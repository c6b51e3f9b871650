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
import { revealIn } from './reveal.ts';
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

/** Where the reader of an earlier time stopped, if the thread is to go back there. */
function whereLeft(thread: Thread, scroller: HTMLElement): Anchor | null {
  const place = thread.takeReturn();
  if (place === null) return null;
  return { id: String(place.messageId), top: scroller.getBoundingClientRect().top + place.offset };
}

/** Takes back whatever moved the messages in view, but not the reader's own scrolling. */
function keepStill(scroller: HTMLElement, anchors: readonly Anchor[], scrolled: number): void {
  const wanted = anchors.map(({ id, top }) => ({ id, top: top - scrolled }));
  const shift = anchorShift(wanted, topIn(scroller));
  if (Math.abs(shift) >= 0.5) scroller.scrollTop += shift;
}

/** Reads on before the reader gets to either end. */
function loadFurther(thread: Thread, scroller: HTMLElement): void {
  const { older, newer } = wantsFurther(scroller);
  if (older) thread.loadOlder();
  if (newer) thread.loadNewer();
}

export interface ThreadScroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly content: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  readonly atBottom: boolean;
  /** Messages that came while the reader was further up. */
  readonly unseen: number;
  /** Brings something in the thread into view. */
  readonly reveal: (element: HTMLElement) => void;
}

/** How many messages below have not been seen; `unread`: how many the conversation counts. */
function useUnseen(window: ThreadWindow | null, atBottom: boolean, unread: number): number {
  const [lastSeenId, setLastSeenId] = useState<number | null>(null);
  const ids = window?.messages.map((message) => message.id) ?? [];
  const newestId = ids.at(-1) ?? null;
  useEffect(() => {
    if (atBottom) setLastSeenId(newestId);
  }, [atBottom, newestId]);
  if (atBottom) return 0;
  // Of a thread opened further up, and of messages not read yet, the conversation's own count says what is below.
  return lastSeenId !== null && window?.reachedEnd === true ? unseenCount(ids, lastSeenId) : unread;
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

  const settle = useCallback((): void => {
    const view = scroller.current;
    if (view === null) return;
    const left = whereLeft(thread, view);
    if (left !== null) {
      anchors.current = [left];
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
      keepStill(view, anchors.current, scrolled);
    }
    anchors.current = readAnchors(view);
    seen.current = boxOf(view);
    noteAt(thread, view, anchors.current);
    // A stretch shorter than the view is filled up; once for each stretch, so that it ends where nothing more comes.
    const firstId = thread.state.getState().window?.messages[0]?.id ?? null;
    if (firstId === filledFor.current) return;
    filledFor.current = firstId;
    loadFurther(thread, view);
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
    loadFurther(thread, view);
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

  const reveal = useCallback(
    (element: HTMLElement) => revealIn(scroller.current, element, { settle, scrolled: onScroll }),
    [settle, onScroll],
  );
  return { scroller, content, onScroll, atBottom, unseen: useUnseen(window, atBottom, unread), reveal };
}
