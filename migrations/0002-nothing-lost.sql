-- Sending that is settled by reading back, held messages, pictures and cards; panel snapshots and reading positions.

-- The job behind an own message until it is settled. Deleted once sent or discarded.
CREATE TABLE outbox_next (
  message_id      INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  store_id        INTEGER NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
  -- checking: the last attempt may have arrived, the conversation is read back; held: a person decides.
  state           TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'checking', 'held', 'failed', 'unconfirmed')),
  attempts        INTEGER NOT NULL DEFAULT 0,
  attempt_started_at INTEGER,                      -- platform time of the attempt in flight, or of the ambiguous one
  next_at         INTEGER NOT NULL DEFAULT 0,
  created_at      INTEGER NOT NULL,
  content         TEXT,                            -- JSON of a picture or card; null: the text of its message
  -- The newest message of the conversation the platform had named when this was written, and when its last attempt
  -- began: its local id and its platform time. What came after it is what reading back looks at.
  written_after_id INTEGER NOT NULL DEFAULT 0,
  written_after_at INTEGER NOT NULL DEFAULT 0,
  attempt_after_id INTEGER NOT NULL DEFAULT 0,
  attempt_after_at INTEGER NOT NULL DEFAULT 0,
  delayed         INTEGER NOT NULL DEFAULT 0,      -- it could not go when it was written: asked about before it goes late
  waiting_since   INTEGER NOT NULL DEFAULT 0,      -- when it was written, or a person last said that it is to go
  hold            TEXT CHECK (hold IN ('waited', 'overtaken', 'recovered')),
  recovered       INTEGER NOT NULL DEFAULT 0,      -- restored, imported or taken over: whether it ever left is unknown
  skipped         INTEGER NOT NULL DEFAULT 0       -- a person let those behind it go
) STRICT;
INSERT INTO outbox_next (message_id, conversation_id, store_id, state, attempts, attempt_started_at, next_at,
    created_at, waiting_since)
  SELECT message_id, conversation_id, store_id, state, attempts, attempt_started_at, next_at, created_at, created_at
  FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;
CREATE INDEX outbox_by_conversation ON outbox (conversation_id, message_id);
CREATE INDEX outbox_troubled ON outbox (message_id) WHERE state IN ('held', 'failed', 'unconfirmed');

-- Own messages that wait for a person because they waited too long, or because it is unknown whether they ever left.
ALTER TABLE conversations ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
DROP INDEX conversations_troubled;
CREATE INDEX conversations_troubled ON conversations (last_at) WHERE failed + unconfirmed + held > 0;
DROP INDEX conversations_counted;
CREATE INDEX conversations_counted ON conversations (state, store_id, unread, failed, unconfirmed, held);

-- When the first letter was typed: a colleague's answer after that is asked about.
ALTER TABLE drafts ADD COLUMN begun_at INTEGER NOT NULL DEFAULT 0;

-- What the panel showed when it was left or Counterdesk ended: JSON, by window.
CREATE TABLE panel_snapshots (
  key      TEXT PRIMARY KEY,
  value    TEXT NOT NULL,
  saved_at INTEGER NOT NULL
) STRICT;

-- Where a person stopped reading a conversation.
CREATE TABLE reading_positions (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
  message_id      INTEGER NOT NULL,                -- topmost message in view
  offset_px       INTEGER NOT NULL,                -- of its upper edge from that of the view
  at_end          INTEGER NOT NULL,                -- it followed the newest message
  unread_from_id  INTEGER,                         -- the message above which "new" is drawn
  saved_at        INTEGER NOT NULL
) STRICT;

-- The platform's own unread count, the last message it was counted to, and the newest buyer message that it says was
-- seen: read in another client. Later than the one read last here, it is what was read.
ALTER TABLE conversations ADD COLUMN counted_mark TEXT;
ALTER TABLE conversations ADD COLUMN counted_unread INTEGER;
ALTER TABLE conversations ADD COLUMN counted_seen_id INTEGER;

-- A send writes a page of every index its conversation's place in it changes; these say nothing the others don't.
DROP INDEX conversations_by_wait;
DROP INDEX conversations_needing_reply;
