import type { Db } from '../db/database.ts';
import { indexGrams, matchQuery, searchKinds, type SearchKind } from './grams.ts';
import { prepareSearch } from './queries.ts';

/** Finding words in messages and names, in any script, accents or not. */
export interface Search {
  /** Puts a text in the index, or a new one in its place; part of the transaction it is called in. */
  index(kind: SearchKind, id: number, text: string): void;
  /** As `index`, for a text that was never in it: a message just inserted. */
  add(kind: SearchKind, id: number, text: string): void;
  remove(kind: SearchKind, id: number): void;
  /** Ids whose text holds every word of `query`, the newest (highest) first. Any text is a safe query. */
  match(query: string, options: { readonly kind: SearchKind; readonly limit: number }): number[];
}

/** Makes the search over an open database. */
export function createSearch(db: Db): Search {
  const queries = prepareSearch(db);
  const rowId = (kind: SearchKind, id: number): number => id * 4 + searchKinds[kind];
  const add = (kind: SearchKind, id: number, text: string): void => {
    const grams = indexGrams(kind, text);
    if (grams !== '') queries.insert.run(rowId(kind, id), grams);
  };
  return {
    add,
    index: (kind, id, text) => {
      queries.remove.run(rowId(kind, id));
      add(kind, id, text);
    },
    remove: (kind, id) => void queries.remove.run(rowId(kind, id)),
    match: (query, { kind, limit }) => {
      const phrases = matchQuery(kind, query);
      return phrases === null ? [] : queries.match.all(phrases, limit);
    },
  };
}
