import type { LanguageCode } from '../../contract/languages.ts';
import type { Clock } from '../../base/time.ts';
import type { Db } from '../db/database.ts';
import type { Search } from '../search/search.ts';
import { prepareCache, type KeptRow, type SourceRow } from './queries.ts';
import { textHash } from './text-hash.ts';
import type { Usage } from './usage.ts';
import type { Wish } from './wishes.ts';

/** Rows deleted at a time: no other call waits for more. */
const AT_ONCE = 500;

/** A kept translation with the language it is in. */
export interface KeptText extends KeptRow {
  readonly target: LanguageCode;
}

/** What was translated, kept for ever, a copy for each conversation; a message is found by the words of it too. */
export interface Shelf {
  get(wish: Wish): KeptRow | undefined;
  /** Of a message's words, whatever they are in. */
  of(source: SourceRow, to: LanguageCode): KeptText | undefined;
  /** Copies it from another conversation or store, where it is; answers whether it was. */
  copy(wish: Wish): boolean;
  put(wishes: readonly Wish[], row: KeptRow): void;
  /** A person's words for a text in its whole store; null: none. Answers the conversations it changes. */
  edit(wish: Wish, text: string | null): number[];
  /** Deletes what is kept of a store or a conversation; both null: all. */
  clear(what: { readonly storeId: number | null; readonly conversationId: number | null }): Promise<void>;
}

interface ShelfInput {
  readonly db: Db;
  readonly clock: Pick<Clock, 'now'>;
  readonly search: Search;
  readonly usage: Usage;
}

export function createShelf({ db, clock, search, usage }: ShelfInput): Shelf {
  const cache = prepareCache(db);

  /** Null: by its own words alone, as before. */
  const index = (messageId: number | null, words: string | null): void => {
    const text = messageId === null ? undefined : cache.textOf.get(messageId);
    if (messageId !== null && text != null)
      search.index('message', messageId, words === null ? text : `${text}\n${words}`);
  };
  const put = (wish: Wish, row: KeptRow): void => {
    const { source, hash, to: target } = wish;
    const place = { storeId: source.store_id, conversationId: source.conversation_id, messageId: source.id };
    cache.put.run({ ...row, ...place, hash, target, now: clock.now() });
    index(source.id, row.text);
  };

  return {
    get: ({ source, hash, to }) => cache.get.get(source.conversation_id, hash, to),
    of: ({ conversation_id: id, text }, to) => {
      // Most conversations have none: then no text need be hashed.
      if (text === null || cache.hasAny.get(id) !== 1) return undefined;
      const row = cache.get.get(id, textHash(text), to);
      return row === undefined ? undefined : { ...row, target: to };
    },
    copy: (wish) => {
      const { source, hash, to: target, text, terms } = wish;
      const isOwn = terms.length === 0 ? 0 : 1;
      const found = cache.anywhere.get({ hash, target, storeId: source.store_id, isOwn });
      if (found === undefined) return false;
      db.transaction(() => {
        put(wish, found);
        usage.saved([...text].length);
      }).immediate();
      return true;
    },
    put: (wishes, row) => {
      db.transaction(() => {
        for (const wish of wishes) put(wish, row);
        const [first] = wishes;
        if (first !== undefined && wishes.length > 1)
          usage.saved([...first.text].length * (wishes.length - 1));
      }).immediate();
    },
    edit: (wish, text) =>
      db
        .transaction(() => {
          const { source, hash, to: target } = wish;
          const where = { storeId: source.store_id, hash, target };
          if (text !== null) put(wish, { source: wish.from, text, made_by: 'person', provider: null });
          const changed =
            text === null
              ? cache.dropInStore.all(where)
              : cache.putInStore.all({ ...where, text, now: clock.now() });
          for (const { message_id: id } of changed) index(id, text);
          return [...new Set([source.conversation_id, ...changed.map((row) => row.conversation_id)])];
        })
        .immediate(),
    clear: async (what) => {
      const some = db.transaction((): number => {
        const gone = cache.drop.all({ ...what, most: AT_ONCE });
        for (const { message_id: id } of gone) index(id, null);
        return gone.length;
      });
      while (some.immediate() === AT_ONCE) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
