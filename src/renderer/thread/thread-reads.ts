import type { StoreApi } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { MessagePage } from '../../contract/messages.ts';
import type { ReadingPosition } from '../../contract/snapshots.ts';
import { client } from '../client.ts';
import { positions } from './positions.ts';
import { firstUnread } from './thread-items.ts';
import {
  opened,
  pageSize,
  refreshed,
  windowMost,
  withNewer,
  withOlder,
  type ThreadWindow,
} from './thread-window.ts';

export interface ThreadState {
  /** Null until first read. */
  readonly window: ThreadWindow | null;
  /** Why the last read failed; what is drawn stays. */
  readonly error: ErrorShape | null;
  readonly loadingOlder: boolean;
  /** Counts up whenever the thread should stand at its newest message, wherever the reader was. */
  readonly jumps: number;
  /** The message above which the line "new messages" stands, until the thread is left; null: there is none. */
  readonly unreadFromId: number | null;
}

/** What the reads of one thread share. */
export interface ThreadReads {
  readonly conversationId: number;
  readonly state: StoreApi<ThreadState>;
  /** As the list's row counted when the thread was opened, which may be a moment ago: so many more are read at first. */
  readonly unread: number;
  /** Whether it is known where the line above what was new stands, if anywhere. */
  isLinePlaced: boolean;
  /** Where the reader stopped and is to be taken back to, once; null: at the newest message. */
  returnTo: ReadingPosition | null;
  /** Whether the reader is at the newest message, as the scroller sees it. */
  following: boolean;
  loadingNewer: boolean;
  refreshing: boolean;
  refreshAgain: boolean;
}

/** The line's place is found among the newest messages, and then kept. */
function lineFor(reads: ThreadReads, { messages, unread }: MessagePage): number | null {
  const { unreadFromId } = reads.state.getState();
  if (reads.isLinePlaced || unreadFromId !== null || messages.length === 0) return unreadFromId;
  reads.isLinePlaced = true;
  return firstUnread(messages, unread);
}

const put = (reads: ThreadReads, window: ThreadWindow): void => reads.state.setState({ window, error: null });

const readLatest = ({ conversationId }: ThreadReads, limit: number) =>
  client.call('messages.page', { conversationId, at: { kind: 'latest' }, limit });

/** Reads the newest messages; whatever was drawn before makes room for them. */
export async function openLatest(reads: ThreadReads): Promise<void> {
  const { state } = reads;
  const answer = await readLatest(reads, pageSize);
  if (!answer.ok) return state.setState({ error: answer.error });
  const unreadFromId = lineFor(reads, answer.value);
  state.setState({ window: opened(answer.value, state.getState().window), error: null, unreadFromId });
}

/** Reads the messages where the reader stopped; the newest ones if that was there, or is gone. */
async function openFirst(reads: ThreadReads): Promise<void> {
  const { conversationId, state } = reads;
  const enough = Math.min(windowMost, pageSize + reads.unread);
  const [position, latest] = await Promise.all([positions.of(conversationId), readLatest(reads, enough)]);
  if (!latest.ok) return state.setState({ error: latest.error });
  const unreadFromId = position?.unreadFromId ?? lineFor(reads, latest.value);
  const isThere = (page: MessagePage): boolean =>
    page.messages.some((message) => message.id === position?.messageId);
  let page = latest.value;
  if (position !== null && !position.atEnd && !isThere(page)) {
    const at = { kind: 'around', messageId: position.messageId } as const;
    const around = await client.call('messages.page', { conversationId, at, limit: pageSize });
    if (around.ok && isThere(around.value)) page = around.value;
  }
  if (position !== null && !position.atEnd && isThere(page)) {
    reads.returnTo = position;
    reads.following = false;
  }
  // An own message may have been stored, and gone to, while this was read.
  if (state.getState().window === null)
    state.setState({ window: opened(page, null), error: null, unreadFromId });
}

/** One read of what is drawn; true if it must be repeated because the stretch changed under it. */
async function readAgain(reads: ThreadReads): Promise<boolean> {
  const { conversationId, state } = reads;
  const first = state.getState().window?.messages[0];
  if (first === undefined) {
    await (state.getState().window === null ? openFirst : openLatest)(reads);
    return false;
  }
  const at = { kind: 'from', cursor: first.cursor } as const;
  const answer = await client.call('messages.page', { conversationId, at, limit: windowMost });
  const now = state.getState().window;
  if (!answer.ok || now === null) {
    if (!answer.ok) state.setState({ error: answer.error });
    return false;
  }
  const next = refreshed(now, answer.value, first.id);
  if (next === null) return true;
  // A reader at the newest message stays with it, even when the stretch has grown beyond what is drawn at once.
  if (reads.following && now.reachedEnd && !next.reachedEnd) await openLatest(reads);
  else put(reads, next);
  return false;
}

/** Reads what is drawn again. Changes that come while reading cause one more read, never a queue of them. */
export async function refreshThread(reads: ThreadReads): Promise<void> {
  if (reads.refreshing) {
    reads.refreshAgain = true;
    return;
  }
  reads.refreshing = true;
  do {
    reads.refreshAgain = false;
    if (await readAgain(reads)) reads.refreshAgain = true;
  } while (reads.refreshAgain);
  reads.refreshing = false;
}

/** Reads older messages above the first one drawn. */
export async function loadOlder({ conversationId, state }: ThreadReads): Promise<void> {
  const { window, loadingOlder } = state.getState();
  const first = window?.messages[0];
  if (window === null || first === undefined || window.reachedStart || loadingOlder) return;
  state.setState({ loadingOlder: true, window: { ...window, olderError: null } });
  const at = { kind: 'before', cursor: first.cursor } as const;
  const answer = await client.call('messages.page', { conversationId, at, limit: pageSize });
  const now = state.getState().window;
  // The stretch may have been opened anew meanwhile: then these messages no longer stand next to it.
  if (now === null || now.messages[0]?.id !== first.id) state.setState({ loadingOlder: false });
  else if (answer.ok) state.setState({ loadingOlder: false, window: withOlder(now, answer.value) });
  else state.setState({ loadingOlder: false, window: { ...now, olderError: answer.error } });
}

/** Reads newer messages below the last one drawn. */
export async function loadNewer(reads: ThreadReads): Promise<void> {
  const { conversationId, state } = reads;
  const { window } = state.getState();
  const last = window?.messages.at(-1);
  if (window === null || last === undefined || window.reachedEnd || reads.loadingNewer) return;
  reads.loadingNewer = true;
  const at = { kind: 'after', cursor: last.cursor } as const;
  const answer = await client.call('messages.page', { conversationId, at, limit: pageSize });
  reads.loadingNewer = false;
  const now = state.getState().window;
  if (answer.ok && now !== null && now.messages.at(-1)?.id === last.id)
    put(reads, withNewer(now, answer.value));
}
