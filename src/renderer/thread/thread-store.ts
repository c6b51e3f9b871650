import { createStore, type StoreApi } from 'zustand';
import type { ConversationRow, MessageView } from '../../contract/models.ts';
import type { ReadingPosition } from '../../contract/snapshots.ts';
import { positions } from './positions.ts';
import {
  loadNewer,
  loadOlder,
  openLatest,
  refreshThread,
  type ThreadReads,
  type ThreadState,
} from './thread-reads.ts';
import { withStored } from './thread-window.ts';

/** One thread's messages and the ways to read further. */
export interface Thread {
  readonly state: StoreApi<ThreadState>;
  /** As the reader nears the top. After an error nothing is read on until someone asks by `retryOlder`. */
  loadOlder(): void;
  retryOlder(): void;
  loadNewer(): void;
  /** Reads what is drawn again. */
  refresh(): void;
  /** Goes to the newest message. */
  jumpToLatest(): void;
  /** Shows an own message the engine has stored, and goes there. */
  takeStored(message: MessageView): void;
  /** Whether the reader is at the newest message: the scroller says so. */
  isFollowing(): boolean;
  setFollowing(following: boolean): void;
  /** Where the reader stopped and is to be taken back to; asked once. */
  takeReturn(): ReadingPosition | null;
  /** Remembers where the reader is. */
  noteAt(place: Pick<ReadingPosition, 'messageId' | 'offset' | 'atEnd'>): void;
  /** The reader has gone elsewhere: the line above what was new goes with him. */
  leave(): void;
}

/** Reads one conversation's thread; nothing is read before the first `refresh()`. */
export function createThread({ id: conversationId, unread }: Pick<ConversationRow, 'id' | 'unread'>): Thread {
  const state = createStore<ThreadState>(() => ({
    window: null,
    error: null,
    loadingOlder: false,
    jumps: 0,
    unreadFromId: null,
  }));
  const reads: ThreadReads = {
    conversationId,
    state,
    unread,
    isLinePlaced: false,
    returnTo: null,
    following: true,
    loadingNewer: false,
    refreshing: false,
    refreshAgain: false,
  };

  let place: ReadingPosition | null = null;

  const jumpToLatest = async (): Promise<void> => {
    if (state.getState().window?.reachedEnd === false) await openLatest(reads);
    state.setState(({ jumps }) => ({ jumps: jumps + 1 }));
  };

  return {
    state,
    loadOlder() {
      if (state.getState().window?.olderError === null) void loadOlder(reads);
    },
    retryOlder: () => void loadOlder(reads),
    loadNewer: () => void loadNewer(reads),
    refresh: () => void refreshThread(reads),
    jumpToLatest: () => void jumpToLatest(),
    takeStored(message) {
      const { window } = state.getState();
      if (message.conversationId !== conversationId || window === null) return;
      state.setState({ window: withStored(window, message) });
      void jumpToLatest();
    },
    isFollowing: () => reads.following,
    setFollowing(following) {
      reads.following = following;
    },
    takeReturn() {
      const { returnTo } = reads;
      reads.returnTo = null;
      return returnTo;
    },
    noteAt(at) {
      place = { ...at, unreadFromId: state.getState().unreadFromId };
      positions.note(conversationId, place);
    },
    leave() {
      if (place !== null) positions.note(conversationId, { ...place, unreadFromId: null });
      positions.flush();
    },
  };
}
