import { CodedError } from '../../base/errors.ts';
import type { PushEvent } from '../../channels/channel.ts';
import { withGrace } from '../conversations/grace.ts';
import { prepareConversations } from '../conversations/queries.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { createConversationReader } from './conversation-reader.ts';
import { createListReader, type ReaderNeeds } from './list-reader.ts';
import { prepareSync } from './queries.ts';
import { createStoreLoop, type StoreLoop } from './store-loop.ts';
import { createWishes, type Wishes } from './wishes.ts';

/** Keeps the database equal to the platforms. */
export interface Sync extends Feature<'stores.syncNow'> {
  /** Reads the store's newest conversations without waiting for its interval. Throws `not-found`, and why it can't. */
  now(storeId: number): Promise<void>;
  /** Reads the store up to now, though the gate is closed for it; rejects with what stood in the way. */
  catchUp(storeId: number): Promise<void>;
  /** What a platform pushed, after its signature was checked. The message shows at once; a read then fills any gap. */
  handlePush(storeId: number, event: PushEvent): void;
  /** A message went out: the buyer may answer soon. */
  lively(conversationId: number): void;
  /** A person opened a conversation nothing was read of yet. */
  readSoon(conversationId: number): void;
}

type Parts = Pick<EngineParts, 'db' | 'clock' | 'random' | 'log' | 'stores' | 'gate'>;

interface StoreReader {
  readonly loop: StoreLoop;
  readonly wishes: Wishes;
  readonly ended: Promise<void>;
}

type Needs = Omit<ReaderNeeds, 'checkOpen'>;

export function createSync(parts: Parts, needs: Needs): Sync {
  const { stores, clock } = parts;
  const { ledger, ingest } = needs;
  const log = parts.log.scope('sync');
  const queries = prepareSync(parts.db);
  const conversations = prepareConversations(parts.db);
  const abort = new AbortController();
  const readers = new Map<number, StoreReader>();

  const readerOf = (storeId: number): StoreReader => {
    const known = readers.get(storeId);
    if (known !== undefined) return known;
    stores.get(storeId);
    const checkOpen = (): void => {
      if (abort.signal.aborted) throw new CodedError('closed', 'The engine is ending');
    };
    const list = createListReader(parts, { ...needs, checkOpen }, storeId);
    const read = createConversationReader(parts, { ...needs, checkOpen }, storeId);
    const { signal } = abort;
    const wishes = createWishes({ ...parts, log }, { storeId, list, read, signal });
    const loop = createStoreLoop({ ...parts, log }, { storeId, list, wishes, signal });
    const reader = { loop, wishes, ended: loop.run() };
    readers.set(storeId, reader);
    return reader;
  };

  const look = (storeId: number, remoteId: string): void => {
    const { loop, wishes } = readerOf(storeId);
    wishes.look(remoteId);
    loop.lively();
  };

  const pushMessage = (storeId: number, event: Extract<PushEvent, { kind: 'message' }>): void => {
    const { message } = event;
    const store = stores.get(storeId);
    const record = conversations.byRemoteId.get(storeId, store.connection, message.conversationId);
    if (record === undefined) {
      look(storeId, message.conversationId);
      return;
    }
    ingest(store, record.id, [message], () => {
      // Pushes get lost: the conversation is read from here down to where it was known before.
      if (message.at >= record.read_to_at) queries.setListedMark.run(message.remoteId, record.id);
    });
    readerOf(storeId).loop.lively();
  };

  const now = async (storeId: number): Promise<void> => readerOf(storeId).loop.pollNow();
  const ofConversation = (conversationId: number): StoreReader =>
    readerOf(ledger.get(conversationId).store_id);

  parts.gate.onChange(() => readers.forEach(({ loop }) => loop.gateChanged()));

  return {
    now,
    catchUp: (storeId) => readerOf(storeId).loop.catchUp(),
    handlePush: (storeId, event) => {
      if (event.kind === 'message') pushMessage(storeId, event);
      else if (event.kind === 'conversation') look(storeId, event.conversationId);
      else log.info('push-ignored', { storeId, type: event.type });
    },
    lively: (conversationId) => ofConversation(conversationId).loop.lively(),
    readSoon: (conversationId) => {
      const { loop, wishes } = ofConversation(conversationId);
      wishes.readSoon(conversationId);
      loop.wake();
    },
    handlers: {
      'stores.syncNow': async ({ storeId }) => {
        await now(storeId);
        return null;
      },
    },
    start: () => {
      for (const { id } of stores.list()) readerOf(id);
    },
    stop: async () => {
      abort.abort();
      await withGrace(clock, Promise.all([...readers.values()].map(({ ended }) => ended)));
    },
  };
}
