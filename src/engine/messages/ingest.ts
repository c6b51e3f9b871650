import type { RemoteMessage } from '../../channels/channel.ts';
import type { CardView, MessageAuthor } from '../../contract/models.ts';
import type { Commit, Touched } from '../conversations/commit.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { Db } from '../db/database.ts';
import { createLinkPicture } from '../media/links.ts';
import type { EngineParts, StoreRecord } from '../parts.ts';
import type { Search } from '../search/search.ts';
import type { SourceRow } from '../translation/queries.ts';
import { createEchoes } from './echo.ts';
import {
  prepareIngest,
  prepareThread,
  type ContentColumns,
  type MessageColumns,
  type MessageRow,
} from './queries.ts';
import { sameText } from './same-content.ts';
import { compareKeys, padSequence } from './sort-key.ts';
import { readJson } from './view.ts';

/** Rows written in one transaction: short enough that no other writer notices. */
const ROWS_PER_COMMIT = 100;

/** Stores what a platform says of one conversation. Saying it twice, late or out of order changes nothing. */
export interface Ingest {
  /** `last` joins the final transaction: marks of what has now been read. */
  (
    store: StoreRecord,
    conversationId: number,
    messages: readonly RemoteMessage[],
    last?: (touched: Touched) => void,
  ): void;
  /** Called after commit for a conversation in which an echo settled an own message. */
  onAdopted(listener: (conversationId: number) => void): void;
}

type Parts = Pick<EngineParts, 'db' | 'clock' | 'log'>;

/** A platform delivered a translation with a buyer's words. Inside the message's transaction. */
export type OnTranslated = (
  source: SourceRow,
  translation: NonNullable<RemoteMessage['translation']>,
) => void;

export function createIngest(
  parts: Parts,
  commit: Commit,
  ledger: Ledger,
  search: Search,
  onTranslated: OnTranslated,
): Ingest {
  const log = parts.log.scope('ingest');
  const write = createMessageWriter(parts.db, search, onTranslated);
  const listeners: ((conversationId: number) => void)[] = [];

  const ingest = (
    store: StoreRecord,
    conversationId: number,
    messages: readonly RemoteMessage[],
    last?: (touched: Touched) => void,
  ): void => {
    // Oldest first, so that the oldest attempt finds its own echo among equal texts. Platforms list the newest first:
    // of one time and without a sequence, what is listed later was written earlier.
    const ordered = messages.toReversed().sort(inOrder);
    const unreadable: RemoteMessage[] = [];
    let adopted = false;
    for (let start = 0; start === 0 || start < ordered.length; start += ROWS_PER_COMMIT) {
      const isLast = start + ROWS_PER_COMMIT >= ordered.length;
      commit((touched) => {
        let changed = false;
        ledger.change(conversationId, touched, () => {
          for (const message of ordered.slice(start, start + ROWS_PER_COMMIT)) {
            const written = write(store, conversationId, message, parts.clock.now());
            changed ||= written !== 'same';
            adopted ||= written === 'adopted';
            if (written === 'unreadable') unreadable.push(message);
          }
          if (isLast) last?.(touched);
        });
        if (!changed) return;
        touched.messages.add(conversationId);
        touched.conversations.add(conversationId);
      });
    }
    for (const { remoteId, type, raw } of unreadable) {
      log.warn('unreadable-message', { storeId: store.id, platform: store.platform, remoteId, type, raw });
    }
    if (adopted) for (const listener of listeners) listener(conversationId);
  };
  return Object.assign(ingest, {
    onAdopted: (listener: (id: number) => void) => void listeners.push(listener),
  });
}

type Written = 'same' | 'new' | 'changed' | 'adopted' | 'unreadable';

function createMessageWriter(db: Db, search: Search, onTranslated: OnTranslated) {
  const queries = prepareIngest(db);
  const { byId } = prepareThread(db);
  const echoes = createEchoes(db, search);
  const linkPicture = createLinkPicture(db);

  const insert = (columns: MessageColumns): Written => {
    const id = Number(queries.insert.run(columns).lastInsertRowid);
    if (columns.text !== null && columns.visible === 1) search.add('message', id, columns.text);
    return columns.kind === 'unreadable' ? 'unreadable' : 'new';
  };

  const update = (stored: MessageRow, columns: MessageColumns): Written => {
    const next = { ...columns, ...keptOf(stored, columns) };
    if (!differs(stored, next)) return 'same';
    queries.update.run({ ...next, id: stored.id });
    if (next.text !== stored.text || next.visible !== stored.visible) {
      if (next.text === null || next.visible === 0) search.remove('message', stored.id);
      else search.index('message', stored.id, next.text);
    }
    return 'changed';
  };

  return (store: StoreRecord, conversationId: number, message: RemoteMessage, now: number): Written => {
    const { id: storeId, connection, settleMs } = store;
    const sortSeq = padSequence(message.sequence);
    const { remoteId, at, text } = message;
    const storedId = queries.idOf.get(storeId, connection, remoteId);
    const stored = storedId === undefined ? undefined : byId.get(storedId);
    if (stored === undefined && message.author === 'shop') {
      const echo = { remoteId, at, sortSeq, content: contentOf(message) };
      if (echoes.adopt(conversationId, settleMs, echo) !== null) return 'adopted';
    }
    const columns: MessageColumns = {
      conversationId,
      storeId,
      connection,
      remoteId,
      at,
      sortSeq,
      text,
      now,
      author: authorOf(message),
      kind: message.kind,
      mediaId: ownPicture(stored, message) ?? linkPicture(storeId, message.image, stored?.media_id ?? null),
      card: message.card === null ? null : JSON.stringify(message.card),
      typeLabel: message.kind === 'unsupported' || message.kind === 'unreadable' ? message.type : null,
      recalled: message.recalled ? 1 : 0,
      visible: message.visible ? 1 : 0,
      notice: message.notice,
      raw: message.raw,
    };
    if (stored === undefined) {
      const written = insert(columns);
      const { translation } = message;
      if (translation != null && message.author === 'buyer' && message.visible) {
        const id = queries.idOf.get(storeId, connection, remoteId) ?? null;
        onTranslated(
          { id, conversation_id: conversationId, store_id: storeId, text, site: store.site },
          translation,
        );
      }
      return written;
    }
    return isStale(stored, columns) ? 'same' : update(stored, columns);
  };
}

/** A copy from before a recall, or a broken one of a message that was understood before, tells nothing new. */
function isStale(stored: MessageRow, columns: MessageColumns): boolean {
  if (stored.recalled === 1 && columns.recalled === 0) return true;
  return columns.kind === 'unreadable' && stored.kind !== 'unreadable';
}

/** The picture of an own message is the one that was sent, under whichever address the platform serves it. */
function ownPicture(stored: MessageRow | undefined, { kind, image }: RemoteMessage): number | null {
  const isOwn = stored !== undefined && stored.client_id !== null;
  return isOwn && kind === 'image' && image !== null ? stored.media_id : null;
}

/** What an update may not take from an own message: that it was written here, and how. */
function keptOf(
  stored: MessageRow,
  columns: MessageColumns,
): Partial<Pick<MessageColumns, 'author' | 'text' | 'card'>> {
  if (stored.client_id === null) return {};
  const card = withOwnTitle(readJson<CardView>(stored.card), readJson<CardView>(columns.card));
  const kept = { author: 'here', card: card === null ? null : JSON.stringify(card) } as const;
  return sameText(stored.text, columns.text) ? { ...kept, text: stored.text } : kept;
}

/** What the person picked the thing by stays where the platform has no title of its own. */
function withOwnTitle(own: CardView | null, seen: CardView | null): CardView | null {
  return seen === null || own === null ? seen : { ...seen, title: seen.title ?? own.title };
}

function differs(stored: MessageRow, next: MessageColumns): boolean {
  return (
    stored.author !== next.author ||
    stored.kind !== next.kind ||
    stored.at !== next.at ||
    stored.sort_seq !== next.sortSeq ||
    stored.text !== next.text ||
    stored.media_id !== next.mediaId ||
    stored.card !== next.card ||
    stored.recalled !== next.recalled ||
    stored.visible !== next.visible ||
    stored.notice !== next.notice
  );
}

function contentOf({ kind, text, card, image }: RemoteMessage): ContentColumns {
  return { kind, text, reference: card?.reference ?? null, image_url: image?.url ?? null };
}

function authorOf(message: RemoteMessage): MessageAuthor {
  return message.author === 'shop' ? 'elsewhere' : message.author;
}

function inOrder(a: RemoteMessage, b: RemoteMessage): number {
  return compareKeys(
    { sortAt: a.at, sortSeq: padSequence(a.sequence), id: 0 },
    { sortAt: b.at, sortSeq: padSequence(b.sequence), id: 0 },
  );
}
