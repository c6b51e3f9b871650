-- Proxies of the team, which account leaves by which, and what was seen of them.

-- Passwords and rotation links are in `secrets`, as proxy:ID:password and proxy:ID:rotation.
CREATE TABLE proxies (
  id           INTEGER PRIMARY KEY,
  protocol     TEXT NOT NULL CHECK (protocol IN ('http', 'https', 'socks4', 'socks5')),
  host         TEXT NOT NULL,                       -- a name or an address, IPv6 without brackets, in lower case
  port         INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
  username     TEXT NOT NULL DEFAULT '',
  has_password INTEGER NOT NULL DEFAULT 0,
  has_rotation INTEGER NOT NULL DEFAULT 0,
  name         TEXT NOT NULL DEFAULT '',            -- the person's own; '' shows as host:port
  provider     TEXT NOT NULL DEFAULT '',
  tag          TEXT NOT NULL DEFAULT '',
  note         TEXT NOT NULL DEFAULT '',
  country      TEXT,                                -- two letters, as the list said; what a check found is in proxy_checks
  expires_at   INTEGER,                             -- null: permanent
  ended_at     INTEGER,                             -- it was taken out of use at its end; a later end brings it back
  disabled     INTEGER NOT NULL DEFAULT 0,          -- taken out of use by a person
  created_at   INTEGER NOT NULL,
  UNIQUE (host, port, username)
) STRICT;

-- Null: the account leaves directly. An account that has one never does.
ALTER TABLE accounts ADD COLUMN proxy_id INTEGER REFERENCES proxies (id) ON DELETE RESTRICT;
CREATE INDEX accounts_by_proxy ON accounts (proxy_id);
-- By which proxy the API calls of an app leave, whatever its stores' own: platforms let an app list its addresses.
ALTER TABLE apps ADD COLUMN exit_proxy_id INTEGER REFERENCES proxies (id) ON DELETE RESTRICT;
CREATE INDEX apps_by_exit ON apps (exit_proxy_id);

-- Where an environment tells a caller its address; null: a service of the internet is asked.
ALTER TABLE environments ADD COLUMN lookup TEXT;

-- The newest 50 of each proxy.
CREATE TABLE proxy_checks (
  id         INTEGER PRIMARY KEY,
  proxy_id   INTEGER NOT NULL REFERENCES proxies (id) ON DELETE CASCADE,
  at         INTEGER NOT NULL,
  error      TEXT,                                  -- JSON ErrorShape; null: it works
  latency_ms INTEGER,
  egress_v4  TEXT,
  egress_v6  TEXT,
  country    TEXT,                                  -- two letters, by the look-up service
  city       TEXT
) STRICT;
CREATE INDEX proxy_checks_newest ON proxy_checks (proxy_id, at DESC);

-- Under which addresses an account was seen, for as long as it exists.
CREATE TABLE account_exits (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  ip         TEXT NOT NULL,
  proxy_id   INTEGER REFERENCES proxies (id) ON DELETE SET NULL,
  first_at   INTEGER NOT NULL,
  last_at    INTEGER NOT NULL,
  PRIMARY KEY (account_id, ip)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_exits_by_ip ON account_exits (ip);

CREATE TABLE proxy_traffic (
  proxy_id   INTEGER NOT NULL REFERENCES proxies (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  day        TEXT NOT NULL,                         -- YYYY-MM-DD where this computer is
  sent       INTEGER NOT NULL DEFAULT 0,            -- bytes
  received   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (proxy_id, account_id, day)
) STRICT, WITHOUT ROWID;
