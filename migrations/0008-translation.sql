-- Translation services, asked in the order of their positions. `via` 'proxy' with no proxy_id: that proxy was removed, and
-- nothing is asked until a person chooses another way.
CREATE TABLE translators (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  kind           TEXT NOT NULL,
  name           TEXT NOT NULL,
  address        TEXT NOT NULL,
  place          TEXT NOT NULL DEFAULT '',
  model          TEXT NOT NULL DEFAULT '',
  languages      TEXT NOT NULL DEFAULT '[]',   -- JSON list; empty: any
  via            TEXT NOT NULL DEFAULT 'direct' CHECK (via IN ('direct', 'proxy')),
  proxy_id       INTEGER REFERENCES proxies (id) ON DELETE SET NULL,
  enabled        INTEGER NOT NULL DEFAULT 1,
  has_key        INTEGER NOT NULL DEFAULT 0,
  position       INTEGER NOT NULL,
  environment_id INTEGER REFERENCES environments (id) ON DELETE CASCADE   -- of practice; null: the seller's own
) STRICT;
CREATE INDEX translators_by_proxy ON translators (proxy_id) WHERE proxy_id IS NOT NULL;
CREATE UNIQUE INDEX translators_of_environment ON translators (environment_id, kind) WHERE environment_id IS NOT NULL;

-- Kept for ever, a copy for each conversation: `hash` is that of the text (SHA-256, 16 bytes).
CREATE TABLE translations (
  id              INTEGER PRIMARY KEY,
  store_id        INTEGER NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  message_id      INTEGER REFERENCES messages (id) ON DELETE SET NULL,   -- one it is of; null: an answer being written
  hash            BLOB NOT NULL,
  target          TEXT NOT NULL,
  source          TEXT,
  text            TEXT NOT NULL,
  made_by         TEXT NOT NULL CHECK (made_by IN ('platform', 'provider', 'person')),
  provider        TEXT,
  created_at      INTEGER NOT NULL,
  UNIQUE (conversation_id, hash, target)
) STRICT;
CREATE INDEX translations_anywhere ON translations (hash, target);
CREATE INDEX translations_by_store ON translations (store_id);
CREATE INDEX translations_by_message ON translations (message_id) WHERE message_id IS NOT NULL;

-- By the day where this computer is: code points of texts sent, calls, and code points that need not be sent.
CREATE TABLE translation_days (
  day        TEXT PRIMARY KEY,
  characters INTEGER NOT NULL DEFAULT 0,
  calls      INTEGER NOT NULL DEFAULT 0,
  saved      INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Null: as the settings say (of a store), as the store does (of a conversation).
ALTER TABLE stores ADD COLUMN translate TEXT CHECK (translate IN ('off', 'click', 'auto'));
ALTER TABLE conversations ADD COLUMN translate TEXT CHECK (translate IN ('off', 'click', 'auto'));
-- What a person wrote, where its translation went out.
ALTER TABLE messages ADD COLUMN meant TEXT;
-- The language answers are translated into: a code, 'off', or null: as the settings say, into the buyer's.
ALTER TABLE conversations ADD COLUMN write_to TEXT;

-- Words that come through every translation as they are; store_id null: in all stores.
CREATE TABLE glossary (
  id       INTEGER PRIMARY KEY,
  store_id INTEGER REFERENCES stores (id) ON DELETE CASCADE,
  term     TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX glossary_terms ON glossary (ifnull(store_id, 0), term);
CREATE INDEX glossary_by_store ON glossary (store_id);
