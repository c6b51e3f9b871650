import type { Db } from '../db/database.ts';
import { openDamaged, type DamagedDatabase } from '../db/open-damaged.ts';
import { putBackMessages } from './salvage-messages.ts';
import { createPlaces, type Places } from './salvage-places.ts';
import { prepareSalvage, prepareSalvagePlaces } from './salvage-queries.ts';
import { createTry, type Try } from './salvage-try.ts';
import { putBackWays } from './salvage-ways.ts';
import { text, textOrNull, time } from './salvage-values.ts';

/** What was put back. */
export interface Salvaged {
  readonly messages: number;
  readonly drafts: number;
  /** Stores that wait, because it can't be read by which proxy they leave. */
  readonly stoppedStores: number;
}

/**
 * Puts back what only this machine knew: own messages that were not surely sent, drafts, sign-ins newer than the
 * backup's (a platform may take a refresh token only once), and by which proxies stores leave. Read row by row from the replaced database, which may be
 * broken anywhere; what can't be read stays there. Doing it twice does no more than doing it once. Inside a transaction.
 */
export function salvage(db: Db, path: string): Salvaged {
  const old = openDamaged(path);
  const attempt = createTry(db);
  if (old === null) return { messages: 0, drafts: 0, stoppedStores: putBackWays(db, null, attempt) };
  try {
    const places = createPlaces(db, old);
    putBackSecrets(db, old, attempt);
    return {
      stoppedStores: putBackWays(db, old, attempt),
      messages: putBackMessages(db, old, places, attempt),
      drafts: putBackDrafts(db, old, places, attempt),
    };
  } finally {
    old.close();
  }
}

function putBackDrafts(db: Db, old: DamagedDatabase, places: Places, attempt: Try): number {
  const queries = prepareSalvage(db);
  let saved = 0;
  for (const draft of old.rows('SELECT * FROM drafts')) {
    const savedAt = time(draft['saved_at']);
    const words = textOrNull(draft['text']);
    if (savedAt === null || words === null) continue;
    const isBack = attempt(() => {
      const place = places(Number(draft['conversation_id']));
      if (place === undefined || savedAt <= (queries.draftSavedAt.get(place.id) ?? -1)) return false;
      const begunAt = time(draft['begun_at']) ?? savedAt;
      queries.saveDraft.run({ conversationId: place.id, text: words, savedAt, begunAt });
      return true;
    });
    if (isBack) saved += 1;
  }
  return saved;
}

/** Sealed as they are, and by their names: only of stores that bear the same number in both. */
function putBackSecrets(db: Db, old: DamagedDatabase, attempt: Try): void {
  const queries = prepareSalvage(db);
  const places = prepareSalvagePlaces(db);
  for (const store of old.rows('SELECT * FROM stores')) {
    const id = Number(store['id']);
    const names = [text(store['platform']), text(store['site']), text(store['remote_id'])] as const;
    if (places.store.get(...names) !== id) continue;
    const name = `store:${id}:tokens`;
    const [secret] = old.rows('SELECT * FROM secrets WHERE name = ?', name);
    const sealed = secret?.['sealed'];
    const updatedAt = time(secret?.['updated_at']);
    if (!(sealed instanceof Uint8Array) || updatedAt === null) continue;
    if (updatedAt <= (queries.secretAt.get(name) ?? -1)) continue;
    attempt(() => {
      queries.saveSecret.run(name, sealed, updatedAt);
      queries.saveExpiry.run(time(store['access_expires_at']), time(store['refresh_expires_at']), id);
      return true;
    });
  }
}
