-- Forges, second half: what deliveries said, and what follows from it.

-- How a delivery was authenticated: signed, or 'token only' (no protection against replay).
ALTER TABLE forge_delivery ADD COLUMN trust TEXT NOT NULL DEFAULT '';
CREATE INDEX forge_delivery_open ON forge_delivery (handled, received);

-- Secrets of webhooks. The newest holds; older ones do until `until`, so that a rotation loses nothing.
CREATE TABLE forge_secret (
    forge  TEXT   NOT NULL,
    secret TEXT   NOT NULL,
    made   BIGINT NOT NULL,
    until  BIGINT,
    PRIMARY KEY (forge, secret)
);

-- token, api, owners, production.
CREATE TABLE forge_setting (
    forge TEXT NOT NULL,
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (forge, name)
);

-- GitLab names authors by number.
CREATE TABLE forge_user (
    forge  TEXT   NOT NULL,
    number BIGINT NOT NULL,
    login  TEXT   NOT NULL,
    PRIMARY KEY (forge, number)
);

-- Who was seen doing what, from deliveries and from the API alike: one row for each account, kind and place.
-- Those of accounts that belong to nobody are kept as long as deliveries are.
CREATE TABLE forge_sighting (
    forge       TEXT   NOT NULL,
    -- Lower case, or # and GitLab's number where the name is not known yet.
    login       TEXT   NOT NULL,
    -- waymark_core::milestone::Seen
    seen        TEXT   NOT NULL,
    reference   TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    approximate BIGINT NOT NULL,
    learnt      BIGINT NOT NULL,
    PRIMARY KEY (forge, login, seen, reference)
);

-- Changes that were taken back.
CREATE TABLE forge_revert (
    forge     TEXT   NOT NULL,
    reference TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (forge, reference)
);

-- Pushes of branches. before_commit and after_commit chain them, whatever their order of arrival.
CREATE TABLE forge_push (
    forge         TEXT   NOT NULL,
    repository    TEXT   NOT NULL,
    branch        TEXT   NOT NULL,
    before_commit TEXT   NOT NULL,
    after_commit  TEXT   NOT NULL,
    -- [["hash", "login" or null], …], oldest first.
    commits       TEXT   NOT NULL,
    received      BIGINT NOT NULL,
    PRIMARY KEY (forge, repository, branch, after_commit)
);

-- Authors of commits that merged changes told.
CREATE TABLE forge_author (
    forge      TEXT   NOT NULL,
    repository TEXT   NOT NULL,
    sha        TEXT   NOT NULL,
    login      TEXT   NOT NULL,
    received   BIGINT NOT NULL,
    PRIMARY KEY (forge, repository, sha)
);

-- Successful deployments to production. The authors of each are looked for until they are found.
CREATE TABLE forge_deployment (
    forge       TEXT   NOT NULL,
    repository  TEXT   NOT NULL,
    environment TEXT   NOT NULL,
    sha         TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    -- waymark_core::milestone::ForgeEvent as JSON.
    event       TEXT   NOT NULL,
    resolved    BIGINT NOT NULL DEFAULT 0,
    received    BIGINT NOT NULL,
    PRIMARY KEY (forge, repository, environment, sha)
);

-- Milestones that were recorded because of a forge, so that each is recorded once.
CREATE TABLE forge_reached (
    event     TEXT   PRIMARY KEY,
    journey   TEXT   NOT NULL,
    milestone TEXT   NOT NULL,
    reference TEXT   NOT NULL,
    at        BIGINT NOT NULL,
    revoked   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX forge_reached_by_journey ON forge_reached (journey);
