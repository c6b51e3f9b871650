-- The first schema. Times are UTC milliseconds; remote ids are the platform's own, as text.

CREATE TABLE environments (
  id   INTEGER PRIMARY KEY,
  key  TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
) STRICT;

-- Where a platform is reached in an environment, with which app, and how it may be read.
CREATE TABLE apps (
  id             INTEGER PRIMARY KEY,
  environment_id INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
  platform       TEXT NOT NULL,
  api            TEXT NOT NULL,
  auth           TEXT NOT NULL,
  gateways       TEXT NOT NULL DEFAULT '{}',      -- JSON: site -> address
  app_key        TEXT NOT NULL,
  live_mode      TEXT NOT NULL CHECK (live_mode IN ('push', 'poll')),
  live_min_ms    INTEGER NOT NULL,
  live_max_ms    INTEGER NOT NULL,
  settle_ms      INTEGER NOT NULL,
  UNIQUE (environment_id, platform, app_key)
) STRICT;

-- One sign-in with a platform; the unit of isolation. Its browser context and proxy hang on it.
CREATE TABLE accounts (
  id             INTEGER PRIMARY KEY,
  environment_id INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
  platform       TEXT NOT NULL,
  remote_id      TEXT NOT NULL,
  name           TEXT NOT NULL,
  context_key    TEXT NOT NULL UNIQUE,            -- names the isolated browser's folder
  created_at     INTEGER NOT NULL,
  UNIQUE (environment_id, platform, remote_id)
) STRICT;

CREATE TABLE store_groups (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE stores (
  id             INTEGER PRIMARY KEY,
  account_id     INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  app_id         INTEGER REFERENCES apps (id),
  platform       TEXT NOT NULL,
  site           TEXT NOT NULL,
  remote_id      TEXT NOT NULL,
  name           TEXT NOT NULL,
  connection     TEXT NOT NULL DEFAULT 'api' CHECK (connection IN ('api', 'webchat')),
  cipher         TEXT,
  seller_id      TEXT,
  group_id       INTEGER REFERENCES store_groups (id) ON DELETE SET NULL,
  state          TEXT NOT NULL DEFAULT 'first-read',
  error          TEXT,                             -- JSON ErrorShape
  last_sync_at   INTEGER,
  first_read_cursor TEXT,                          -- where an interrupted first read goes on
  first_read_done   INTEGER NOT NULL DEFAULT 0,
  access_expires_at  INTEGER,
  refresh_expires_at INTEGER,
  created_at     INTEGER NOT NULL,
  UNIQUE (account_id, platform, site, remote_id)
) STRICT;
CREATE INDEX stores_by_app ON stores (app_id);

CREATE TABLE operators (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Encrypted with the data key: app secrets, tokens.
CREATE TABLE secrets (
  name       TEXT PRIMARY KEY,                     -- e.g. app:3:secret, store:7:tokens
  sealed     BLOB NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE buyers (
  id          INTEGER PRIMARY KEY,
  store_id    INTEGER NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
  remote_id   TEXT NOT NULL,
  name        TEXT NOT NULL,
  avatar_url  TEXT,
  avatar_media_id INTEGER REFERENCES media (id) ON DELETE SET NULL,
  UNIQUE (store_id, remote_id)
) STRICT;

CREATE TABLE conversations (
  id              INTEGER PRIMARY KEY,
  store_id        INTEGER NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
  connection      TEXT NOT NULL,
  remote_id       TEXT NOT NULL,
  buyer_id        INTEGER NOT NULL REFERENCES buyers (id),
  state           TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('needs-reply', 'waiting', 'snoozed', 'done')),
  snoozed_until   INTEGER,
  waiting_since   INTEGER,                         -- time of the oldest unanswered buyer message
  settled_id      INTEGER,                         -- newest buyer message when set to done: it and older ones need no answer
  unread          INTEGER NOT NULL DEFAULT 0,      -- before its messages were first read: the platform's own count
  read_id         INTEGER,                         -- newest buyer message the person has seen
  read_mark_due   TEXT,                            -- remote id of the message up to which the platform is to be told
  read_mark_sent  TEXT,                            -- remote id of the one it was told of last
  can_send        INTEGER NOT NULL DEFAULT 1,
  last_message_id INTEGER,                         -- newest shown message
  last_at         INTEGER NOT NULL DEFAULT 0,
  failed          INTEGER NOT NULL DEFAULT 0,
  unconfirmed     INTEGER NOT NULL DEFAULT 0,
  listed_mark     TEXT,                            -- last message as the platform's list said last
  read_to_mark    TEXT,                            -- what it said when the messages were last read without a gap
  read_to_at      INTEGER NOT NULL DEFAULT 0,      -- platform time up to which they were; 0: never
  history_cursor  TEXT,                            -- where reading older messages goes on
  history_complete INTEGER NOT NULL DEFAULT 0,
  created_at      INTEGER NOT NULL,
  UNIQUE (store_id, connection, remote_id)
) STRICT;
-- The two orders of the list, over all states and within one; a conversation nobody waits in comes last.
CREATE INDEX conversations_by_wait ON conversations (ifnull(waiting_since, 9e15), last_at DESC);
CREATE INDEX conversations_by_state_wait ON conversations (state, ifnull(waiting_since, 9e15), last_at DESC);
CREATE INDEX conversations_by_last ON conversations (last_at DESC);
CREATE INDEX conversations_by_state_last ON conversations (state, last_at DESC);
-- Everything the counts of the list need.
CREATE INDEX conversations_counted ON conversations (state, store_id, unread, failed, unconfirmed);
CREATE INDEX conversations_unread ON conversations (last_at) WHERE unread > 0;
CREATE INDEX conversations_troubled ON conversations (last_at) WHERE failed + unconfirmed > 0;
CREATE INDEX conversations_by_buyer ON conversations (buyer_id);
CREATE INDEX conversations_needing_reply ON conversations (store_id) WHERE state = 'needs-reply';
CREATE INDEX conversations_unread_by_store ON conversations (store_id) WHERE unread > 0;
CREATE INDEX conversations_snoozed ON conversations (snoozed_until) WHERE state = 'snoozed';
CREATE INDEX conversations_behind ON conversations (store_id, last_at DESC) WHERE listed_mark IS NOT read_to_mark;
CREATE INDEX conversations_unmarked ON conversations (id) WHERE read_mark_due IS NOT read_mark_sent;

CREATE TABLE media (
  id         INTEGER PRIMARY KEY,
  store_id   INTEGER NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
  url        TEXT NOT NULL,
  state      TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'ready', 'failed')),
  hash       TEXT,                                 -- SHA-256 of the bytes, the file's name under media/
  type       TEXT,                                 -- by magic bytes, e.g. image/png
  bytes      INTEGER,
  width      INTEGER,
  height     INTEGER,
  attempts   INTEGER NOT NULL DEFAULT 0,
  next_at    INTEGER NOT NULL DEFAULT 0,
  UNIQUE (store_id, url)
) STRICT;
CREATE INDEX media_by_hash ON media (hash);
CREATE INDEX buyers_by_avatar ON buyers (avatar_media_id) WHERE avatar_media_id IS NOT NULL;

-- One message, whoever wrote it. Order in a thread: sort_at, sort_seq, id.
-- Ids are never used again: a page may still ask to discard a message that is gone.
CREATE TABLE messages (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  store_id        INTEGER NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
  connection      TEXT NOT NULL,
  remote_id       TEXT,                            -- null until the platform has named it
  client_id       TEXT UNIQUE,                     -- UUIDv7 of own messages
  author          TEXT NOT NULL CHECK (author IN ('buyer', 'here', 'elsewhere', 'automatic', 'platform')),
  kind            TEXT NOT NULL,
  at              INTEGER NOT NULL,
  sort_at         INTEGER NOT NULL,                -- platform time; far in the future while not sent
  sort_seq        TEXT NOT NULL DEFAULT '',        -- platform sequence, zero-padded to 20 digits
  text            TEXT,
  media_id        INTEGER REFERENCES media (id) ON DELETE SET NULL,
  card            TEXT,                            -- JSON CardView
  type_label      TEXT,
  status          TEXT CHECK (status IN ('queued', 'sending', 'sent', 'failed', 'unconfirmed')),
  error           TEXT,                            -- JSON ErrorShape
  recalled        INTEGER NOT NULL DEFAULT 0,
  visible         INTEGER NOT NULL DEFAULT 1,
  notice          TEXT,
  raw             TEXT,                            -- of unsupported and unreadable ones
  created_at      INTEGER NOT NULL,
  UNIQUE (store_id, connection, remote_id)
) STRICT;
CREATE INDEX messages_by_media ON messages (media_id) WHERE media_id IS NOT NULL;
CREATE INDEX messages_in_order ON messages (conversation_id, sort_at, sort_seq, id, visible, author);
-- Own messages the platform has not named yet.
CREATE INDEX messages_unnamed ON messages (conversation_id, id) WHERE client_id IS NOT NULL AND remote_id IS NULL;

-- The job behind an own message until it is settled. Deleted once sent or discarded.
CREATE TABLE outbox (
  id              INTEGER PRIMARY KEY,
  message_id      INTEGER NOT NULL UNIQUE REFERENCES messages (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  store_id        INTEGER NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
  state           TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'failed', 'unconfirmed')),
  attempts        INTEGER NOT NULL DEFAULT 0,
  attempt_started_at INTEGER,                      -- of the attempt in flight, or of the ambiguous one
  next_at         INTEGER NOT NULL DEFAULT 0,
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_by_conversation ON outbox (conversation_id, message_id);

CREATE TABLE drafts (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
  text            TEXT NOT NULL,
  saved_at        INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL                              -- JSON
) STRICT;

-- What the engine remembers of itself: whether it is running (left behind by a crash), when the file was last checked.
CREATE TABLE engine_state (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Search: bigrams made by the app, so that words of any script are found from two characters on. The text itself stays in its table.
-- rowid = id * 4 + kind: 0 a message, 1 a buyer's name, 2 a store's name. Whatever is not a space belongs to a gram.
CREATE VIRTUAL TABLE search USING fts5 (
  grams, content = '', contentless_delete = 1, detail = full,
  tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cn'"
);
