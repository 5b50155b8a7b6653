-- What a server that was restored from a backup gets back: the receipts of its own facts, which are nobody's
-- outbox's and which it gave out before it lost them.

-- The last receipt that it got back, 0 before the first; NULL where it has all of them.
ALTER TABLE membership ADD COLUMN give_back INTEGER;

CREATE TABLE receipt (
    position INTEGER PRIMARY KEY,
    event    TEXT NOT NULL UNIQUE REFERENCES event (id),
    -- As the server sealed it; nobody else can read or make one.
    receipt  TEXT NOT NULL
) STRICT;
