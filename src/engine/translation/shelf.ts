import type { LanguageCode } from '../../contract/languages.ts';
import type { Clock } from '../../base/time.ts';
import type { Db } from '../db/database.ts';
import type { Search } from '../search/search.ts';
import { prepareCache, type KeptRow, type SourceRow } from './queries.ts';
import type { Usage } from './usage.ts';

/** A text of one conversation, and what it is to become. */
export interface Wish {
  /** The same for equal texts in any store, but for those with terms of its own. */
  readonly key: string;
  readonly text: string;
  readonly hash: Buffer;
  readonly from: LanguageCode | null;
  readonly to: LanguageCode;
  /** Words in it that come through as they are in this store. */
  readonly terms: readonly string[];
  readonly source: SourceRow;
}

/** What was translated, kept for ever, a copy for each conversation; found by its words too. */
export interface Shelf {
  get(wish: Wish): KeptRow | undefined;
  /** Copies it from another conversation or store, where it is; answers whether it was. */
  copy(wish: Wish): boolean;
  put(wishes: readonly Wish[], row: KeptRow): void;
  /** A person's words for a text in its whole store; null: none. Answers the conversations it changes. */
  edit(wish: Wish, text: string | null): number[];
}

interface ShelfInput {
  readonly db: Db;
  readonly clock: Pick<Clock, 'now'>;
  readonly search: Search;
  readonly usage: Usage;
}

export function createShelf({ db, clock, search, usage }: ShelfInput): Shelf {
  const cache = prepareCache(db);

  const put = (wish: Wish, row: KeptRow): void => {
    const { source, hash, to: target } = wish;
    const { conversation_id: conversationId, store_id: storeId } = source;
    cache.put.run({ ...row, storeId, conversationId, hash, target, now: clock.now() });
    index(source, row.text);
  };
  /** A message is found by the words of its translation too. */
  const index = ({ id, text }: SourceRow, words: string): void => {
    if (id !== null) search.index('message', id, `${text ?? ''}\n${words}`);
  };

  return {
    get: ({ source, hash, to }) => cache.get.get(source.conversation_id, hash, to),
    copy: (wish) => {
      const { source, hash, to, text } = wish;
      const found = cache.anywhere.get({
        hash,
        target: to,
        storeId: source.store_id,
        isOwn: wish.terms.length === 0 ? 0 : 1,
      });
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
    edit: (wish, text) => {
      const { source, hash, to } = wish;
      const { store_id: storeId } = source;
      const concerned = new Set([...cache.conversationsIn.all(storeId, hash, to), source.conversation_id]);
      db.transaction(() => {
        if (text === null) {
          cache.dropInStore.run(storeId, hash, to);
          return;
        }
        put(wish, { source: wish.from, text, made_by: 'person', provider: null });
        cache.putInStore.run({ storeId, hash, target: to, text, now: clock.now() });
      }).immediate();
      return [...concerned];
    },
  };
}
