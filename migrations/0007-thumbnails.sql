-- A smaller picture of the same, where the platform names one: what is fetched first while traffic is saved.
ALTER TABLE media ADD COLUMN thumb_url TEXT;
ALTER TABLE media ADD COLUMN thumb_hash TEXT;
