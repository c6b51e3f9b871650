import { createStore, type StoreApi } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { MessageView } from '../../contract/models.ts';
import { client } from '../client.ts';
import {
  opened,
  pageSize,
  refreshed,
  windowMost,
  withNewer,
  withOlder,
  withStored,
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
}

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
  /** Whether the reader is at the newest message, as the scroller sees it. */
  following: boolean;
}

/** Reads one conversation's thread; nothing is read before the first `refresh()`. */
export function createThread(conversationId: number): Thread {
  const state = createStore<ThreadState>(() => ({
    window: null,
    error: null,
    loadingOlder: false,
    jumps: 0,
  }));
  const put = (window: ThreadWindow): void => state.setState({ window, error: null });
  const fail = (error: ErrorShape): void => state.setState({ error });
  let loadingNewer = false;
  let refreshing = false;
  let again = false;

  async function open(): Promise<void> {
    const answer = await client.call('messages.page', {
      conversationId,
      at: { kind: 'latest' },
      limit: pageSize,
    });
    if (answer.ok) put(opened(answer.value, state.getState().window));
    else fail(answer.error);
  }

  /** One read of what is drawn; true if it must be repeated because the stretch changed under it. */
  async function readAgain(): Promise<boolean> {
    const first = state.getState().window?.messages[0];
    if (first === undefined) {
      await open();
      return false;
    }
    const at = { kind: 'from', cursor: first.cursor } as const;
    const answer = await client.call('messages.page', { conversationId, at, limit: windowMost });
    const now = state.getState().window;
    if (!answer.ok || now === null) {
      if (!answer.ok) fail(answer.error);
      return false;
    }
    const next = refreshed(now, answer.value, first.id);
    if (next === null) return true;
    // A reader at the newest message stays with it, even when the stretch has grown beyond what is drawn at once.
    if (thread.following && now.reachedEnd && !next.reachedEnd) await open();
    else put(next);
    return false;
  }

  async function refresh(): Promise<void> {
    if (refreshing) {
      again = true;
      return;
    }
    refreshing = true;
    do {
      again = false;
      if (await readAgain()) again = true;
    } while (again);
    refreshing = false;
  }

  async function loadOlder(): Promise<void> {
    const { window, loadingOlder } = state.getState();
    const first = window?.messages[0];
    if (window === null || first === undefined || window.reachedStart || loadingOlder) return;
    state.setState({ loadingOlder: true, window: { ...window, olderError: null } });
    const at = { kind: 'before', cursor: first.cursor } as const;
    const answer = await client.call('messages.page', { conversationId, at, limit: pageSize });
    const now = state.getState().window;
    // The stretch may have been opened anew meanwhile: then these messages no longer stand next to it.
    const fits = now?.messages[0]?.id === first.id;
    if (now !== null && fits && answer.ok) put(withOlder(now, answer.value));
    if (now !== null && fits && !answer.ok) state.setState({ window: { ...now, olderError: answer.error } });
    state.setState({ loadingOlder: false });
  }

  async function loadNewer(): Promise<void> {
    const { window } = state.getState();
    const last = window?.messages.at(-1);
    if (window === null || last === undefined || window.reachedEnd || loadingNewer) return;
    loadingNewer = true;
    const at = { kind: 'after', cursor: last.cursor } as const;
    const answer = await client.call('messages.page', { conversationId, at, limit: pageSize });
    loadingNewer = false;
    const now = state.getState().window;
    if (answer.ok && now !== null && now.messages.at(-1)?.id === last.id) put(withNewer(now, answer.value));
  }

  const jump = (): void => state.setState(({ jumps }) => ({ jumps: jumps + 1 }));

  async function jumpToLatest(): Promise<void> {
    if (state.getState().window?.reachedEnd === false) await open();
    jump();
  }

  const thread: Thread = {
    state,
    following: true,
    loadOlder() {
      if (state.getState().window?.olderError === null) void loadOlder();
    },
    retryOlder: () => void loadOlder(),
    loadNewer: () => void loadNewer(),
    refresh: () => void refresh(),
    jumpToLatest: () => void jumpToLatest(),
    takeStored(message) {
      const { window } = state.getState();
      if (message.conversationId !== conversationId || window === null) return;
      put(withStored(window, message));
      void jumpToLatest();
    },
  };
  return thread;
}
