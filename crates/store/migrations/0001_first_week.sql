-- The device's library, first shape. This file is released: it is never edited, only followed by others.

-- "wymk": tells a Waymark library from any other SQLite file.
PRAGMA application_id = 0x77796d6b;

-- This installation. One row.
CREATE TABLE device (
    only_row      INTEGER PRIMARY KEY CHECK (only_row = 1),
    id            TEXT    NOT NULL,
    -- Rises when the device was restored from a backup and starts to number anew.
    epoch         INTEGER NOT NULL CHECK (epoch >= 1),
    -- The number that the next fact of this device gets on the wire.
    next_sequence INTEGER NOT NULL CHECK (next_sequence >= 1)
) STRICT;

-- Everything that happened, in the order in which this device learnt of it.
CREATE TABLE event (
    sequence    INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    action      TEXT NOT NULL,
    -- The gesture that this one takes back, where it is an undo.
    undoes      TEXT,
    type        TEXT NOT NULL,
    journey     TEXT NOT NULL,
    step        TEXT,
    time        TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    -- The whole fact with its envelope, as JSON.
    body        TEXT NOT NULL
) STRICT;
CREATE INDEX event_by_journey ON event (journey, sequence);
CREATE INDEX event_by_action ON event (action);
CREATE INDEX event_by_undone_action ON event (undoes) WHERE undoes IS NOT NULL;

CREATE TRIGGER event_is_never_edited BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END;

-- What waits for a server, numbered per device and epoch without gaps.
CREATE TABLE outbox (
    epoch    INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    event_id TEXT    NOT NULL UNIQUE REFERENCES event (id),
    type     TEXT    NOT NULL,
    bytes    BLOB    NOT NULL,
    -- BLAKE3 of `bytes`, hex.
    hash     TEXT    NOT NULL,
    sent_at  TEXT,
    PRIMARY KEY (epoch, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_unsent ON outbox (epoch, sequence) WHERE sent_at IS NULL;

-- Projection: a person's runs, each with the template that it is pinned to.
CREATE TABLE journey (
    id             TEXT PRIMARY KEY,
    -- The assignment that pinned the template: the one with the smallest id, whatever the order of arrival.
    assigned_by    TEXT NOT NULL REFERENCES event (id),
    assigned_at    TEXT NOT NULL,
    pack           TEXT NOT NULL,
    template       TEXT NOT NULL,
    title          TEXT NOT NULL,
    version        TEXT NOT NULL,
    hash           TEXT NOT NULL,
    template_body  TEXT NOT NULL,
    start          TEXT NOT NULL,
    -- The withdrawal that stands.
    withdrawn_by   TEXT
) STRICT, WITHOUT ROWID;

-- Projection: what the facts say about each step that has any.
CREATE TABLE step_status (
    journey  TEXT NOT NULL,
    step     TEXT NOT NULL,
    status   TEXT NOT NULL CHECK (status IN ('open', 'done', 'waived', 'blocked')),
    at       TEXT,
    event    TEXT,
    evidence TEXT,
    PRIMARY KEY (journey, step),
    CHECK ((status = 'open') = (event IS NULL) AND (status = 'open') = (at IS NULL)),
    CHECK ((status = 'done') = (evidence IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- Bodies of content and where they came from.
CREATE TABLE pack (
    id       TEXT PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind IN ('sample', 'folder')),
    location TEXT,
    title    TEXT NOT NULL,
    added_at TEXT NOT NULL,
    read_at  TEXT NOT NULL,
    revision TEXT NOT NULL,
    counts   TEXT NOT NULL,
    CHECK ((kind = 'folder') = (location IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE template (
    pack     TEXT    NOT NULL REFERENCES pack (id) ON DELETE CASCADE,
    id       TEXT    NOT NULL,
    position INTEGER NOT NULL,
    path     TEXT    NOT NULL,
    hash     TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    PRIMARY KEY (pack, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE roadmap (
    pack TEXT PRIMARY KEY REFERENCES pack (id) ON DELETE CASCADE,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE site (
    id       TEXT    PRIMARY KEY,
    pack     TEXT    NOT NULL REFERENCES pack (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    -- Docs folder, relative to the pack's folder.
    folder   TEXT    NOT NULL,
    title    TEXT    NOT NULL,
    nav      TEXT    NOT NULL,
    home     TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX site_by_pack ON site (pack, position);

-- Large rows live in ordinary tables: a table without rowid keeps them in its key's tree.
CREATE TABLE page (
    site     TEXT    NOT NULL REFERENCES site (id) ON DELETE CASCADE,
    path     TEXT    NOT NULL,
    position INTEGER NOT NULL,
    title    TEXT    NOT NULL,
    hash     TEXT    NOT NULL,
    words    INTEGER NOT NULL,
    outline  TEXT    NOT NULL,
    source   TEXT    NOT NULL,
    text     TEXT    NOT NULL,
    PRIMARY KEY (site, path)
) STRICT;
CREATE INDEX page_by_position ON page (site, position, path, title, words);

-- Cache of rendered pages. It outlives a replaced pack where the source did not change, so it
-- refers to no page; `Packs::replace` removes what has no page any more.
CREATE TABLE page_html (
    site        TEXT NOT NULL,
    path        TEXT NOT NULL,
    hash        TEXT NOT NULL,
    engine      TEXT NOT NULL,
    diagnostics TEXT NOT NULL,
    html        TEXT NOT NULL,
    PRIMARY KEY (site, path)
) STRICT;

CREATE TABLE asset (
    site  TEXT NOT NULL REFERENCES site (id) ON DELETE CASCADE,
    path  TEXT NOT NULL,
    mime  TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (site, path)
) STRICT;

CREATE TABLE diagnostic (
    pack     TEXT    NOT NULL REFERENCES pack (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path     TEXT    NOT NULL,
    line     INTEGER NOT NULL,
    col      INTEGER NOT NULL,
    severity TEXT    NOT NULL CHECK (severity IN ('note', 'warning', 'error')),
    code     TEXT    NOT NULL,
    message  TEXT    NOT NULL,
    help     TEXT,
    PRIMARY KEY (pack, position)
) STRICT, WITHOUT ROWID;

-- From here on: what never leaves the device.

CREATE TABLE reading (
    site      TEXT NOT NULL,
    path      TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    progress  REAL NOT NULL CHECK (progress BETWEEN 0 AND 1),
    heading   TEXT,
    PRIMARY KEY (site, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX reading_by_time ON reading (opened_at);

CREATE TABLE note (
    journey    TEXT NOT NULL,
    step       TEXT NOT NULL,
    text       TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (journey, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE preference (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
