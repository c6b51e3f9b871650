import type { ErrorShape } from '../../base/errors.ts';
import type { MessagePage } from '../../contract/messages.ts';
import type { MessageView } from '../../contract/models.ts';
import { keepSame } from '../panel/keep-same.ts';

/** The most messages drawn at once: the thread is plain DOM, and this keeps it quick. */
export const windowMost = 400;
/** How many messages one read brings. */
export const pageSize = 50;

/** The stretch of a thread that is drawn, oldest first. */
export interface ThreadWindow {
  readonly messages: readonly MessageView[];
  readonly reachedStart: boolean;
  readonly reachedEnd: boolean;
  /** Messages of the conversation stored in all. */
  readonly stored: number;
  /** Newer messages that were drawn and let go again while the reader went up. */
  readonly letGo: number;
  /** Why older messages could not be had from the platform. */
  readonly olderError: ErrorShape | null;
}

/** How many messages the reader has loaded so far. */
export function loadedCount(window: ThreadWindow): number {
  return window.reachedStart
    ? Math.max(window.stored, window.messages.length)
    : window.messages.length + window.letGo;
}

/** The newest messages, as first read. What was drawn before keeps its objects. */
export function opened(page: MessagePage, before: ThreadWindow | null): ThreadWindow {
  return {
    messages: keepSame(before?.messages ?? [], page.messages),
    reachedStart: page.reachedStart,
    reachedEnd: page.reachedEnd,
    stored: page.stored,
    letGo: 0,
    olderError: null,
  };
}

/** Older messages put above; the newest are let go beyond the most. */
export function withOlder(window: ThreadWindow, page: MessagePage): ThreadWindow {
  const known = new Set(window.messages.map((message) => message.id));
  const all = [...page.messages.filter((message) => !known.has(message.id)), ...window.messages];
  const excess = Math.max(0, all.length - windowMost);
  return {
    messages: excess === 0 ? all : all.slice(0, windowMost),
    reachedStart: page.reachedStart,
    reachedEnd: window.reachedEnd && excess === 0,
    stored: page.stored,
    letGo: window.letGo + excess,
    olderError: page.error,
  };
}

/** Newer messages put below; the oldest are let go beyond the most. */
export function withNewer(window: ThreadWindow, page: MessagePage): ThreadWindow {
  const known = new Set(window.messages.map((message) => message.id));
  const added = page.messages.filter((message) => !known.has(message.id));
  const all = [...window.messages, ...added];
  const excess = Math.max(0, all.length - windowMost);
  return {
    ...window,
    messages: excess === 0 ? all : all.slice(excess),
    reachedStart: window.reachedStart && excess === 0,
    reachedEnd: page.reachedEnd,
    stored: page.stored,
    letGo: page.reachedEnd ? 0 : Math.max(0, window.letGo - added.length),
  };
}

/**
 * The stretch from message `fromId` on, read again: what changed changes in place, what did not keeps its object.
 * Older messages that came in the meantime stay. Null when `fromId` was let go: read again from another one.
 */
export function refreshed(window: ThreadWindow, page: MessagePage, fromId: number): ThreadWindow | null {
  const index = window.messages.findIndex((message) => message.id === fromId);
  if (index < 0) return null;
  // Above the end, the stretch stays the stretch: what was let go below it does not come back by this.
  const last = window.reachedEnd
    ? -1
    : page.messages.findIndex(({ id }) => id === window.messages.at(-1)?.id);
  const again = last < 0 ? page.messages : page.messages.slice(0, last + 1);
  const all = keepSame(window.messages, [...window.messages.slice(0, index), ...again]);
  const excess = Math.max(0, all.length - windowMost);
  return {
    messages: excess === 0 ? all : all.slice(0, windowMost),
    reachedStart: window.reachedStart || (index === 0 && page.reachedStart),
    reachedEnd: page.reachedEnd && excess === 0 && again.length === page.messages.length,
    stored: page.stored,
    letGo: window.reachedEnd ? excess : window.letGo,
    olderError: window.olderError,
  };
}

/** A message of our own that the engine has just stored: pending ones stand last. */
export function withStored(window: ThreadWindow, message: MessageView): ThreadWindow {
  if (!window.reachedEnd) return window;
  // A feed may have brought it already, and further than this answer knows.
  if (window.messages.some((known) => known.id === message.id)) return window;
  return { ...window, messages: [...window.messages, message], stored: window.stored + 1 };
}
