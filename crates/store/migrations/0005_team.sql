-- no-transaction
-- A team's server: membership, what is shared with it, what waits for it and what it answered, and what
-- others recorded. SQLite cannot change a CHECK, so `pack` is written anew as in 0004. Cut off after its
-- COMMIT, this file is run once more and gives the same.

PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;

DROP TABLE IF EXISTS pack_next;
CREATE TABLE pack_next (
    id       TEXT PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind IN ('sample', 'folder', 'backstage', 'team')),
    -- Path of the folder, address of the server, or name of the team's bundle.
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

-- The membership of a team. One row, or none where the app works alone.
CREATE TABLE IF NOT EXISTS membership (
    only_row     INTEGER PRIMARY KEY CHECK (only_row = 1),
    -- Address of the server.
    server       TEXT    NOT NULL,
    server_name  TEXT    NOT NULL,
    person       TEXT    NOT NULL,
    -- This installation as the server knows it.
    device       TEXT    NOT NULL,
    -- Name, roles, team, manager: a JSON text whose form is the app's own.
    profile      TEXT    NOT NULL,
    -- Another one means that the server was restored from a backup.
    server_epoch INTEGER NOT NULL,
    -- The last number of the feed that was read.
    feed         INTEGER NOT NULL DEFAULT 0,
    -- 1 while this device learns anew what it sent before it was restored from a backup; nothing is sent then.
    relearn      INTEGER NOT NULL DEFAULT 0 CHECK (relearn IN (0, 1)),
    -- Whether the person's words about a block go along with it.
    share_notes  INTEGER NOT NULL DEFAULT 0 CHECK (share_notes IN (0, 1)),
    -- Why the sign-in ended; NULL while it holds.
    ended        TEXT,
    joined_at    TEXT    NOT NULL,
    synced_at    TEXT
) STRICT;

-- Journeys of the team's content. Whatever is not here is private and gets no row in the outbox; so is
-- everything that was recorded before the device joined, because sharing begins with the assignment.
CREATE TABLE IF NOT EXISTS shared_journey (
    journey TEXT PRIMARY KEY,
    since   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What waits for the team's server and what became of it. Until now each fact had a row, though there was no
-- server; those facts were recorded by somebody who worked alone, so none of them is ever sent.
DROP TABLE outbox;
CREATE TABLE outbox (
    epoch       INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    event_id    TEXT    NOT NULL UNIQUE REFERENCES event (id),
    type        TEXT    NOT NULL,
    -- The fact as JSON.
    fact        TEXT    NOT NULL,
    recorded_at TEXT    NOT NULL,
    -- Whether the person's words went along, as it was chosen when the fact was first made ready to go.
    with_notes  INTEGER,
    -- The envelope as it goes, byte for byte; NULL until it is made. A resend sends the same bytes.
    bytes       BLOB,
    -- Set where the fact could not be delivered and an empty record goes in its place: that record's id.
    void        TEXT,
    -- NULL while it waits.
    answer      TEXT CHECK (answer IN ('accepted', 'duplicate', 'refused', 'quarantined')),
    reason      TEXT,
    answered_at TEXT,
    PRIMARY KEY (epoch, sequence),
    CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_waiting ON outbox (epoch, sequence) WHERE answer IS NULL;
CREATE INDEX outbox_answered ON outbox (answered_at) WHERE answer IS NOT NULL;
-- No server knows a number of this device yet.
UPDATE device SET next_sequence = 1;

-- Who recorded a fact that came from the server, for people.
CREATE TABLE IF NOT EXISTS attribution (
    event TEXT PRIMARY KEY REFERENCES event (id),
    by    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who opened the person's page, and when.
CREATE TABLE IF NOT EXISTS viewer (
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (at, by)
) STRICT, WITHOUT ROWID;

-- Reminders from the manager.
CREATE TABLE IF NOT EXISTS nudge (
    by      TEXT NOT NULL,
    at      TEXT NOT NULL,
    subject TEXT NOT NULL,
    PRIMARY KEY (at, by, subject)
) STRICT, WITHOUT ROWID;

-- The manager's pages as they were fetched last: JSON in the server's form.
CREATE TABLE IF NOT EXISTS team_page (
    key        TEXT PRIMARY KEY,
    body       TEXT NOT NULL,
    -- When the server made it; an older one never takes its place.
    as_of      TEXT NOT NULL,
    fetched_at TEXT NOT NULL
) STRICT;

COMMIT;
PRAGMA foreign_keys = ON;
