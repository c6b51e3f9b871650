-- Where a platform's seller centre is reached in an environment: JSON, site -> address. Those of the real one are known.
ALTER TABLE apps ADD COLUMN seller_centres TEXT NOT NULL DEFAULT '{}';

-- Whether an account was signed in when its browser last saw. The session itself lies beside the database, sealed.
CREATE TABLE account_sign_ins (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
  status     TEXT NOT NULL CHECK (status IN ('signed-in', 'signed-out', 'challenge', 'unknown')),
  since      INTEGER NOT NULL,
  checked_at INTEGER NOT NULL,
  shop       TEXT NOT NULL DEFAULT 'unknown' CHECK (shop IN ('proved', 'other', 'unknown')),
  store_id   INTEGER REFERENCES stores (id) ON DELETE SET NULL  -- which store's pages it showed, where that was proved
) STRICT;
