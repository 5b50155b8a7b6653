-- What a person holds back from the team's server, class by class, and refusals that were set aside.

-- Classes that are held back.
CREATE TABLE hold_back (
    class TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Facts of those classes: they have no number yet, so nothing after them waits for them. Released, they go in
-- this order.
CREATE TABLE held (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id    TEXT NOT NULL UNIQUE REFERENCES event (id),
    class       TEXT NOT NULL,
    -- The fact as JSON.
    fact        TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX held_by_class ON held (class, position);

-- When the person set a refusal aside; NULL where it still wants to be seen.
ALTER TABLE outbox ADD COLUMN set_aside TEXT;
