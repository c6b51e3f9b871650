import type { LanguageCode } from '../../contract/languages.ts';
import type { KeptTranslation, TranslationSize as SizeRow } from '../../contract/translation.ts';
import type { ProviderKind, TranslationMode } from '../../contract/translation-models.ts';
import type { Db } from '../db/database.ts';

/** A kept translation. */
export interface KeptRow {
  readonly source: LanguageCode | null;
  readonly text: string;
  readonly made_by: 'platform' | 'provider' | 'person';
  readonly provider: string | null;
}

/** A message to be translated, with where it is from. */
export interface SourceRow {
  /** Null: it is no message yet. */
  readonly id: number | null;
  readonly conversation_id: number;
  readonly store_id: number;
  readonly text: string | null;
  readonly site: string;
}

/** Which row changed. */
interface ChangedRow {
  readonly conversation_id: number;
  readonly message_id: number | null;
}

interface InStore {
  readonly storeId: number;
  readonly hash: Buffer;
  readonly target: string;
}

/** What is kept for ever. */
export function prepareCache(db: Db) {
  const columns = 'source, text, made_by, provider';
  const changed = 'RETURNING conversation_id, message_id';
  const inStore = 'store_id = @storeId AND hash = @hash AND target = @target';
  return {
    get: db.prepare<[conversationId: number, hash: Buffer, target: string], KeptRow>(
      `SELECT ${columns} FROM translations WHERE conversation_id = ? AND hash = ? AND target = ?`,
    ),
    hasAny: db
      .prepare<[conversationId: number], number>(
        'SELECT EXISTS (SELECT 1 FROM translations WHERE conversation_id = ?)',
      )
      .pluck(),
    /** A person's words are this store's own; all else is anybody's, but with terms of its own. The store's own first. */
    anywhere: db.prepare<[InStore & { isOwn: 0 | 1 }], KeptRow>(
      `SELECT ${columns} FROM translations WHERE hash = @hash AND target = @target
         AND (store_id = @storeId OR (made_by <> 'person' AND @isOwn = 0))
       ORDER BY store_id = @storeId DESC, made_by = 'person' DESC, id DESC LIMIT 1`,
    ),
    /** A person's words give way to a person's alone. */
    put: db.prepare<[KeptRow & InStore & { conversationId: number; messageId: number | null; now: number }]>(
      `INSERT INTO translations
         (store_id, conversation_id, message_id, hash, target, source, text, made_by, provider, created_at)
       VALUES (@storeId, @conversationId, @messageId, @hash, @target, @source, @text, @made_by, @provider, @now)
       ON CONFLICT (conversation_id, hash, target) DO UPDATE SET source = excluded.source,
         message_id = ifnull(message_id, excluded.message_id), text = excluded.text,
         made_by = excluded.made_by, provider = excluded.provider, created_at = excluded.created_at
       WHERE made_by <> 'person' OR excluded.made_by = 'person'`,
    ),
    /** In this store, wherever the text stands. */
    putInStore: db.prepare<[InStore & { text: string; now: number }], ChangedRow>(
      `UPDATE translations SET text = @text, made_by = 'person', provider = NULL, created_at = @now
       WHERE ${inStore} ${changed}`,
    ),
    dropInStore: db.prepare<[InStore], ChangedRow>(`DELETE FROM translations WHERE ${inStore} ${changed}`),
    drop: db.prepare<[{ storeId: number | null; conversationId: number | null; most: number }], ChangedRow>(
      `DELETE FROM translations WHERE id IN (SELECT id FROM translations
         WHERE (@storeId IS NULL OR store_id = @storeId) AND (@conversationId IS NULL OR conversation_id = @conversationId)
         LIMIT @most) ${changed}`,
    ),
    textOf: db
      .prepare<[messageId: number], string | null>('SELECT text FROM messages WHERE id = ? AND visible = 1')
      .pluck(),
    sizes: db.prepare<[], SizeRow>(
      `SELECT store_id AS storeId, count(*) AS translations, sum(octet_length(text)) AS bytes
       FROM translations GROUP BY store_id ORDER BY store_id`,
    ),
    /** With the messages they are of, in the order in which they came. */
    exportable: db.prepare<[after: number, limit: number], KeptTranslation & { readonly id: number }>(
      `SELECT t.id, t.store_id AS storeId, m.text AS original, t.text AS translation, t.source AS "from",
         t.target AS "to", t.made_by AS "by", t.provider, t.created_at AS at
       FROM translations t JOIN messages m ON m.id = t.message_id WHERE t.id > ? ORDER BY t.id LIMIT ?`,
    ),
  };
}

/** Messages and what holds for them. */
export function prepareSources(db: Db) {
  const source = `SELECT m.id, m.conversation_id, m.store_id, m.text, s.site FROM messages m JOIN stores s ON s.id = m.store_id`;
  return {
    byId: db.prepare<[messageId: number], SourceRow>(`${source} WHERE m.id = ? AND m.author = 'buyer'`),
    /** Of conversations (JSON list of ids) a buyer had the last word in. */
    lastOf: db.prepare<[conversationIds: string], SourceRow>(
      `SELECT m.id, m.conversation_id, m.store_id, m.text, s.site FROM json_each(?) wanted
       CROSS JOIN conversations c ON c.id = wanted.value CROSS JOIN messages m ON m.id = c.last_message_id
       JOIN stores s ON s.id = m.store_id WHERE m.author = 'buyer' AND m.recalled = 0 AND m.text IS NOT NULL`,
    ),
    siteOf: db.prepare<[storeId: number], string>('SELECT site FROM stores WHERE id = ?').pluck(),
    mode: db.prepare<
      [conversationId: number],
      { readonly conversation: TranslationMode | null; readonly store: TranslationMode | null }
    >(
      `SELECT c.translate AS conversation, s.translate AS store FROM conversations c JOIN stores s ON s.id = c.store_id
       WHERE c.id = ?`,
    ),
    setStoreMode: db.prepare<[mode: TranslationMode | null, storeId: number]>(
      'UPDATE stores SET translate = ? WHERE id = ?',
    ),
    conversation: db.prepare<
      [conversationId: number],
      { readonly store_id: number; readonly site: string; readonly write_to: LanguageCode | 'off' | null }
    >(
      `SELECT c.store_id, s.site, c.write_to FROM conversations c JOIN stores s ON s.id = c.store_id WHERE c.id = ?`,
    ),
    setWriteTo: db.prepare<[to: string | null, conversationId: number]>(
      'UPDATE conversations SET write_to = ? WHERE id = ?',
    ),
    /** The buyer's newest words. */
    ofBuyer: db
      .prepare<[conversationId: number], string>(
        `SELECT text FROM messages WHERE conversation_id = ? AND visible = 1 AND author = 'buyer' AND text IS NOT NULL
         ORDER BY sort_at DESC, sort_seq DESC, id DESC LIMIT 12`,
      )
      .pluck(),
    setConversationMode: db.prepare<[mode: TranslationMode | null, conversationId: number]>(
      'UPDATE conversations SET translate = ? WHERE id = ?',
    ),
  };
}

/** A translation service as it is kept. */
export interface TranslatorRow {
  readonly id: number;
  readonly kind: ProviderKind;
  readonly name: string;
  readonly address: string;
  readonly place: string;
  readonly model: string;
  readonly languages: string;
  readonly via: 'direct' | 'proxy';
  readonly proxy_id: number | null;
  readonly enabled: number;
  readonly has_key: number;
  readonly environment_id: number | null;
}

export type TranslatorValues = Omit<TranslatorRow, 'environment_id' | 'id'>;

export function prepareTranslators(db: Db) {
  const columns =
    'id, kind, name, address, place, model, languages, via, proxy_id, enabled, has_key, environment_id';
  return {
    all: db.prepare<[], TranslatorRow>(`SELECT ${columns} FROM translators ORDER BY position, id`),
    get: db.prepare<[id: number], TranslatorRow>(`SELECT ${columns} FROM translators WHERE id = ?`),
    add: db
      .prepare<[TranslatorValues], number>(
        `INSERT INTO translators (kind, name, address, place, model, languages, via, proxy_id, enabled, has_key, position)
         VALUES (@kind, @name, @address, @place, @model, @languages, @via, @proxy_id, @enabled, @has_key,
           (SELECT ifnull(max(position), 0) + 1 FROM translators)) RETURNING id`,
      )
      .pluck(),
    change: db.prepare<[TranslatorValues & { readonly id: number }]>(
      `UPDATE translators SET kind = @kind, name = @name, address = @address, place = @place, model = @model,
         languages = @languages, via = @via, proxy_id = @proxy_id, enabled = @enabled, has_key = @has_key WHERE id = @id`,
    ),
    /** Of practice: its address changes with every start, what a person set stays. */
    ofEnvironment: db
      .prepare<
        [{ environment: string; kind: string; name: string; address: string; hasKey: number }],
        number
      >(
        `INSERT INTO translators (kind, name, address, has_key, position, environment_id)
         SELECT @kind, @name, @address, @hasKey, (SELECT ifnull(max(position), 0) + 1 FROM translators), id
         FROM environments WHERE key = @environment
         ON CONFLICT (environment_id, kind) WHERE environment_id IS NOT NULL
         DO UPDATE SET address = excluded.address, has_key = excluded.has_key RETURNING id`,
      )
      .pluck(),
    remove: db.prepare<[id: number]>('DELETE FROM translators WHERE id = ?'),
    place: db.prepare<[position: number, id: number]>('UPDATE translators SET position = ? WHERE id = ?'),
  };
}

/** Terms; store 0 stands for all stores. */
export function prepareGlossary(db: Db) {
  return {
    ofStore: db
      .prepare<[storeId: number], string>('SELECT term FROM glossary WHERE store_id IS NULL OR store_id = ?')
      .pluck(),
    own: db
      .prepare<[storeId: number], string>(
        'SELECT term FROM glossary WHERE ifnull(store_id, 0) = ? ORDER BY term',
      )
      .pluck(),
    clear: db.prepare<[storeId: number]>('DELETE FROM glossary WHERE ifnull(store_id, 0) = ?'),
    add: db.prepare<[storeId: number | null, term: string]>(
      'INSERT INTO glossary (store_id, term) VALUES (?, ?)',
    ),
  };
}

export function prepareUsage(db: Db) {
  return {
    add: db.prepare<[{ day: string; characters: number; calls: number; saved: number }]>(
      `INSERT INTO translation_days (day, characters, calls, saved) VALUES (@day, @characters, @calls, @saved)
       ON CONFLICT (day) DO UPDATE SET characters = characters + @characters, calls = calls + @calls, saved = saved + @saved`,
    ),
    since: db.prepare<
      [day: string],
      { readonly characters: number; readonly calls: number; readonly saved: number }
    >(
      `SELECT ifnull(sum(characters), 0) AS characters, ifnull(sum(calls), 0) AS calls, ifnull(sum(saved), 0) AS saved
       FROM translation_days WHERE day >= ?`,
    ),
  };
}
