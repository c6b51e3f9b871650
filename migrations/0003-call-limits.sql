-- How often an app may call its platform: data of the environment, like its addresses. Without a rate nothing is limited.
ALTER TABLE apps ADD COLUMN calls_per_second REAL CHECK (calls_per_second > 0);
ALTER TABLE apps ADD COLUMN calls_burst INTEGER NOT NULL DEFAULT 1 CHECK (calls_burst >= 1);
ALTER TABLE apps ADD COLUMN calls_scope TEXT NOT NULL DEFAULT 'app' CHECK (calls_scope IN ('app', 'store'));
