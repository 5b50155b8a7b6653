-- no-transaction
-- Packs may come from a Backstage. SQLite cannot change a CHECK, so the table is written anew; dropping the
-- old one would take everything that refers to it along, so foreign keys rest meanwhile, which they can do
-- outside a transaction only. Cut off after its COMMIT, this file is run once more and gives the same.

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;

DROP TABLE IF EXISTS pack_next;
CREATE TABLE pack_next (
    id       TEXT PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind IN ('sample', 'folder', 'backstage')),
    -- Path of the folder, or address of the server.
    location TEXT,
    title    TEXT NOT NULL,
    added_at TEXT NOT NULL,
    read_at  TEXT NOT NULL,
    revision TEXT NOT NULL,
    counts   TEXT NOT NULL,
    CHECK ((kind = 'sample') = (location IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO pack_next SELECT id, kind, location, title, added_at, read_at, revision, counts FROM pack;
DROP TABLE pack;
ALTER TABLE pack_next RENAME TO pack;

-- What a person chose of a server: a text whose form is the app's own.
CREATE TABLE IF NOT EXISTS remote_pack (
    pack   TEXT PRIMARY KEY REFERENCES pack (id) ON DELETE CASCADE,
    choice TEXT NOT NULL
) STRICT;

-- Which version of a server's site is here, so that only what changed is fetched.
CREATE TABLE IF NOT EXISTS remote_site (
    site    TEXT PRIMARY KEY REFERENCES site (id) ON DELETE CASCADE,
    version TEXT NOT NULL,
    -- Versions of its files as the server names them: a JSON object, by path.
    etags   TEXT NOT NULL
) STRICT;

COMMIT;
PRAGMA foreign_keys = ON;
