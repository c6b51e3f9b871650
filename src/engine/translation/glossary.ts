import type { Handlers } from '../../contract/index.ts';
import type { Db } from '../db/database.ts';
import { prepareGlossary } from './queries.ts';

/** Words that come through as they are. */
export interface Glossary {
  /** Those of a store, and of all stores, that stand in a text. */
  termsIn(storeId: number, text: string): readonly string[];
  readonly handlers: Pick<Handlers, 'translation.glossary' | 'translation.setGlossary'>;
}

export function createGlossary(db: Db): Glossary {
  const rows = prepareGlossary(db);
  /** By store; forgotten when any changes. */
  const known = new Map<number, readonly string[]>();
  const termsOf = (storeId: number): readonly string[] => {
    const found = known.get(storeId) ?? rows.ofStore.all(storeId);
    known.set(storeId, found);
    return found;
  };
  return {
    termsIn: (storeId, text) => {
      const words = text.toLowerCase();
      return termsOf(storeId).filter((term) => words.includes(term.toLowerCase()));
    },
    handlers: {
      'translation.glossary': ({ storeId }) => ({ terms: rows.own.all(storeId ?? 0) }),
      'translation.setGlossary': ({ storeId, terms }) => {
        db.transaction(() => {
          rows.clear.run(storeId ?? 0);
          for (const term of new Set(terms.map((one) => one.normalize('NFC')))) rows.add.run(storeId, term);
        }).immediate();
        known.clear();
        return null;
      },
    },
  };
}
