-- The team server's database, first shape; SQLite and PostgreSQL read the same text. Ids and JSON are TEXT,
-- moments are BIGINT milliseconds since 1970 (UTC), yes and no are BIGINT 1 and 0: what both databases and
-- one driver agree on. Statements end with a semicolon at the end of a line.

-- This server. One row.
CREATE TABLE server (
    only_row    BIGINT PRIMARY KEY CHECK (only_row = 1),
    id          TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    -- Where devices reach it; written at each start, so that `invite` on the command line knows it.
    url         TEXT   NOT NULL DEFAULT '',
    -- Rises with each restore from a backup, so that devices send again what the backup lacks.
    epoch       BIGINT NOT NULL,
    -- When it was restored last.
    restored    BIGINT,
    -- Ed25519 key that signs published content and outgoing webhooks, 32 bytes in base64.
    signing_key TEXT   NOT NULL,
    -- The last number of the facts that the server itself recorded.
    last_sequence BIGINT NOT NULL DEFAULT 0,
    created     BIGINT NOT NULL
);

CREATE TABLE team (
    id     TEXT PRIMARY KEY,
    name   TEXT NOT NULL,
    parent TEXT
);

CREATE TABLE person (
    id         TEXT   PRIMARY KEY,
    -- The organisation's own key: e-mail address or Backstage entity reference.
    key        TEXT   NOT NULL UNIQUE,
    name       TEXT   NOT NULL,
    team       TEXT   NOT NULL DEFAULT '',
    manager    TEXT,
    buddy      TEXT,
    -- Words with blanks between them: hire buddy manager author admin.
    roles      TEXT   NOT NULL DEFAULT 'hire',
    start_date TEXT,
    -- IANA name of the zone.
    zone       TEXT   NOT NULL DEFAULT 'UTC',
    -- waymark_core::calendar::WorkCalendar as JSON.
    calendar   TEXT   NOT NULL,
    -- waymark_core::journey::Profile as JSON.
    profile    TEXT   NOT NULL DEFAULT '{}',
    active     BIGINT NOT NULL DEFAULT 1,
    erased     BIGINT,
    -- The last number of the person's feed. Taking the next one locks the row until the commit, so numbers
    -- are in the order of commits and a reader never misses one.
    feed_last  BIGINT NOT NULL DEFAULT 0,
    -- Numbers up to this one may be gone from the feed; whoever stands there reads it from 0.
    feed_pruned BIGINT NOT NULL DEFAULT 0,
    created    BIGINT NOT NULL
);
CREATE INDEX person_by_manager ON person (manager);

-- Who reported to whom and when. The row without an end holds now.
CREATE TABLE reporting (
    person  TEXT   NOT NULL,
    manager TEXT   NOT NULL,
    since   BIGINT NOT NULL,
    until   BIGINT,
    PRIMARY KEY (person, since)
);

CREATE TABLE device (
    id            TEXT   PRIMARY KEY,
    person        TEXT   NOT NULL,
    public_key    TEXT   NOT NULL,
    label         TEXT   NOT NULL,
    epoch         BIGINT NOT NULL DEFAULT 0,
    last_sequence BIGINT NOT NULL DEFAULT 0,
    created       BIGINT NOT NULL,
    last_seen     BIGINT NOT NULL,
    revoked       BIGINT
);
CREATE INDEX device_by_person ON device (person);

CREATE TABLE session (
    id             TEXT   PRIMARY KEY,
    device         TEXT   NOT NULL,
    person         TEXT   NOT NULL,
    -- SHA-256 of the tokens, hex. The tokens themselves are nowhere.
    access_hash    TEXT   NOT NULL UNIQUE,
    access_until   BIGINT NOT NULL,
    refresh_hash   TEXT   NOT NULL UNIQUE,
    refresh_until  BIGINT NOT NULL,
    -- The end of the whole family, whatever is refreshed.
    absolute_until BIGINT NOT NULL,
    -- The last rotation: whoever repeats it within 60 s gets the same pair. The pair is sealed with a key
    -- that is derived from the old refresh token, so the database alone gives nothing away.
    rotation       TEXT,
    rotated_from   TEXT,
    rotated_at     BIGINT,
    sealed_pair    TEXT,
    -- When the current pair was used first; from then on nobody gets it a second time.
    used           BIGINT,
    created        BIGINT NOT NULL,
    last_seen      BIGINT NOT NULL,
    ended          BIGINT
);
CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_device ON session (device);

-- Refresh tokens that were used up; using one again ends its session.
CREATE TABLE used_refresh (
    hash    TEXT   PRIMARY KEY,
    session TEXT   NOT NULL,
    used    BIGINT NOT NULL
);

CREATE TABLE invite (
    hash    TEXT   PRIMARY KEY,
    person  TEXT   NOT NULL,
    made_by TEXT,
    expires BIGINT NOT NULL,
    used    BIGINT,
    -- The session that it opened.
    session TEXT,
    created BIGINT NOT NULL
);
CREATE INDEX invite_by_person ON invite (person);

-- Every fact, in the order in which it was taken in. Never edited, never deleted, but for erasing a person.
CREATE TABLE event (
    id       TEXT   PRIMARY KEY,
    -- urn:waymark:device:<id> or urn:waymark:server:<id>.
    source   TEXT   NOT NULL,
    device   TEXT,
    epoch    BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    -- Who did it, and whose journey it is.
    actor    TEXT   NOT NULL,
    person   TEXT   NOT NULL,
    journey  TEXT   NOT NULL,
    step     TEXT,
    type     TEXT   NOT NULL,
    time     BIGINT NOT NULL,
    stored   BIGINT NOT NULL,
    -- SHA-256 of `body`, hex.
    hash     TEXT   NOT NULL,
    -- The event as it came, byte for byte.
    body     TEXT   NOT NULL,
    -- accepted, or the reason of the refusal.
    outcome  TEXT   NOT NULL,
    -- Its number in the person's feed; none where it was refused.
    feed     BIGINT
);
CREATE INDEX event_by_feed ON event (person, feed);
CREATE UNIQUE INDEX event_by_number ON event (source, epoch, sequence);
CREATE INDEX event_by_journey ON event (journey);

-- Projection: a person's runs.
CREATE TABLE journey (
    id        TEXT   PRIMARY KEY,
    person    TEXT   NOT NULL,
    bundle    TEXT   NOT NULL DEFAULT '',
    template  TEXT   NOT NULL,
    title     TEXT   NOT NULL,
    version   TEXT   NOT NULL,
    hash      TEXT   NOT NULL,
    start     TEXT   NOT NULL,
    -- Rises with each fact that the journey takes: whoever kept the fold in memory knows whether it is still it.
    revision  BIGINT NOT NULL,
    -- waymark_core::team::JourneySummary as JSON: what the manager's page needs.
    summary   TEXT   NOT NULL,
    withdrawn BIGINT,
    finished  BIGINT,
    changed   BIGINT NOT NULL
);
CREATE INDEX journey_by_person ON journey (person);

-- Templates that were ever published, by hash: a journey stays pinned to its own.
CREATE TABLE template (
    hash     TEXT   PRIMARY KEY,
    id       TEXT   NOT NULL,
    title    TEXT   NOT NULL,
    version  TEXT   NOT NULL,
    -- waymark_core::journey::Template as JSON.
    body     TEXT   NOT NULL,
    created  BIGINT NOT NULL
);

CREATE TABLE bundle (
    name      TEXT   NOT NULL,
    sequence  BIGINT NOT NULL,
    title     TEXT   NOT NULL,
    version   TEXT   NOT NULL,
    -- SHA-256 of the archive, hex; the archive lies in the object store under it.
    digest    TEXT   NOT NULL,
    bytes     BIGINT NOT NULL,
    key       TEXT   NOT NULL,
    published BIGINT NOT NULL,
    actor     TEXT   NOT NULL,
    -- SHA-256 of the list of its files, hex: publishing the same files again changes nothing.
    content   TEXT   NOT NULL,
    PRIMARY KEY (name, sequence)
);

-- What only one may do at a time; the row is locked until the commit.
CREATE TABLE turn (
    name TEXT PRIMARY KEY
);

CREATE TABLE bundle_template (
    bundle   TEXT   NOT NULL,
    sequence BIGINT NOT NULL,
    template TEXT   NOT NULL,
    hash     TEXT   NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (bundle, sequence, template)
);

-- What changed for a person beside facts, numbered in the order of commits; facts carry their number of the
-- same row of numbers in `event.feed`.
CREATE TABLE feed (
    person TEXT   NOT NULL,
    number BIGINT NOT NULL,
    stored BIGINT NOT NULL,
    -- waymark_api::http::feed::ChangeKind as JSON.
    body   TEXT   NOT NULL,
    PRIMARY KEY (person, number)
);

-- Hours in which somebody opened somebody's page: the person is told once for each.
CREATE TABLE view_hour (
    person TEXT   NOT NULL,
    viewer TEXT   NOT NULL,
    hour   BIGINT NOT NULL,
    PRIMARY KEY (person, viewer, hour)
);

CREATE TABLE nudge (
    journey TEXT   NOT NULL,
    step    TEXT   NOT NULL,
    actor   TEXT   NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX nudge_by_step ON nudge (journey, step);

CREATE TABLE forge_account (
    forge  TEXT   NOT NULL,
    login  TEXT   NOT NULL,
    person TEXT   NOT NULL,
    mapped BIGINT NOT NULL,
    PRIMARY KEY (forge, login)
);

-- Deliveries of forges as they came; kept 90 days, so that an account that is mapped late is caught up.
CREATE TABLE forge_delivery (
    forge    TEXT   NOT NULL,
    id       TEXT   NOT NULL,
    kind     TEXT   NOT NULL,
    body     TEXT   NOT NULL,
    received BIGINT NOT NULL,
    handled  BIGINT,
    -- What became of it, for the admin.
    outcome  TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (forge, id)
);

CREATE TABLE sink (
    id       TEXT   PRIMARY KEY,
    url      TEXT   NOT NULL,
    types    TEXT   NOT NULL,
    secret   TEXT   NOT NULL,
    batched  BIGINT NOT NULL DEFAULT 0,
    disabled TEXT,
    created  BIGINT NOT NULL
);

CREATE TABLE sink_message (
    id       TEXT   PRIMARY KEY,
    sink     TEXT   NOT NULL,
    body     TEXT   NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    next_at  BIGINT,
    done     BIGINT,
    dead     BIGINT,
    answer   TEXT   NOT NULL DEFAULT '',
    created  BIGINT NOT NULL
);
CREATE INDEX sink_message_due ON sink_message (next_at);

-- The last row of the audit log. Taking the next number locks it until the commit, so the chain has no forks;
-- and a log whose last rows were cut off does not agree with it.
CREATE TABLE audit_head (
    only_row BIGINT PRIMARY KEY CHECK (only_row = 1),
    number   BIGINT NOT NULL,
    hash     TEXT   NOT NULL
);
INSERT INTO audit_head (only_row, number, hash) VALUES (1, 0, '');

-- Who did what. Each row carries the hash of the one before.
CREATE TABLE audit (
    number   BIGINT PRIMARY KEY,
    at       BIGINT NOT NULL,
    actor    TEXT   NOT NULL,
    action   TEXT   NOT NULL,
    object   TEXT   NOT NULL,
    outcome  TEXT   NOT NULL,
    previous TEXT   NOT NULL,
    hash     TEXT   NOT NULL
);
