import { toErrorShape } from '../../base/errors.ts';
import { CodedError } from '../../base/errors.ts';
import type { PushEvent } from '../../channels/channel.ts';
import type { Commit } from '../conversations/commit.ts';
import type { Directory } from '../conversations/directory.ts';
import type { Ledger } from '../conversations/ledger.ts';
import { prepareConversations } from '../conversations/queries.ts';
import type { Ingest } from '../messages/ingest.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { prepareSync } from './queries.ts';
import { createStoreReader } from './reader.ts';
import { createStoreLoop, type StoreLoop } from './store-loop.ts';

/** How long an end of the engine waits for requests that are open. */
const STOP_GRACE_MS = 3_000;

/** Keeps the database equal to the platforms. */
export interface Sync extends Feature<'stores.syncNow'> {
  /** Reads the store's newest conversations without waiting for its interval. Throws `not-found`. */
  now(storeId: number): void;
  /** What a platform pushed, after its signature was checked. The message shows at once; a read then fills any gap. */
  handlePush(storeId: number, event: PushEvent): void;
  /** A message went out: the buyer may answer soon. */
  lively(conversationId: number): void;
  /** A person opened a conversation nothing was read of yet. */
  readSoon(conversationId: number): void;
}

type Parts = Pick<EngineParts, 'db' | 'clock' | 'random' | 'log' | 'stores'>;

interface Needs {
  readonly commit: Commit;
  readonly ledger: Ledger;
  readonly directory: Directory;
  readonly ingest: Ingest;
}

export function createSync(parts: Parts, needs: Needs): Sync {
  const { stores, clock } = parts;
  const { ledger, ingest } = needs;
  const log = parts.log.scope('sync');
  const queries = prepareSync(parts.db);
  const conversations = prepareConversations(parts.db);
  const abort = new AbortController();
  const loops = new Map<number, { readonly loop: StoreLoop; readonly ended: Promise<void> }>();

  const loopOf = (storeId: number): StoreLoop => {
    const known = loops.get(storeId);
    if (known !== undefined) return known.loop;
    stores.get(storeId);
    const checkOpen = (): void => {
      if (abort.signal.aborted) throw new CodedError('closed', 'The engine is ending');
    };
    const reader = createStoreReader(parts, { ...needs, checkOpen }, storeId);
    const loop = createStoreLoop(parts, storeId, reader, abort.signal);
    const ended = loop
      .run()
      .catch((error: unknown) => log.error('store-loop', { storeId, error: toErrorShape(error) }));
    loops.set(storeId, { loop, ended });
    return loop;
  };

  const pushMessage = (storeId: number, event: Extract<PushEvent, { kind: 'message' }>): void => {
    const { message } = event;
    const store = stores.get(storeId);
    const record = conversations.byRemoteId.get(storeId, store.connection, message.conversationId);
    const loop = loopOf(storeId);
    if (record === undefined) {
      loop.look(message.conversationId);
      return;
    }
    ingest(store, record.id, [message], () => {
      // Pushes get lost: the conversation is read from here down to where it was known before.
      if (message.at >= record.read_to_at) queries.setListedMark.run(message.remoteId, record.id);
    });
    loop.lively();
  };

  const now = (storeId: number): void => {
    stores.get(storeId);
    loopOf(storeId).pollNow();
  };
  const ofConversation = (conversationId: number): StoreLoop => loopOf(ledger.get(conversationId).store_id);

  return {
    now,
    handlePush: (storeId, event) => {
      if (event.kind === 'message') pushMessage(storeId, event);
      else if (event.kind === 'conversation') loopOf(storeId).look(event.conversationId);
      else log.info('push-ignored', { storeId, type: event.type });
    },
    lively: (conversationId) => ofConversation(conversationId).lively(),
    readSoon: (conversationId) => ofConversation(conversationId).readSoon(conversationId),
    handlers: {
      'stores.syncNow': ({ storeId }) => {
        now(storeId);
        return null;
      },
    },
    start: () => {
      for (const { id } of stores.list()) loopOf(id);
    },
    stop: async () => {
      abort.abort();
      let endGrace = (): void => {};
      const grace = new Promise<void>((resolve) => {
        const cancel = clock.after(STOP_GRACE_MS, resolve);
        endGrace = () => {
          cancel();
          resolve();
        };
      });
      await Promise.race([Promise.all([...loops.values()].map(({ ended }) => ended)), grace]);
      endGrace();
    },
  };
}
