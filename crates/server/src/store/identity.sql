-- Signing in through the company's identity provider: whose account is whose.

CREATE TABLE identity (
    issuer  TEXT   NOT NULL,
    -- The provider's name for somebody, which never changes and is never given to somebody else.
    subject TEXT   NOT NULL,
    person  TEXT   NOT NULL,
    linked  BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE UNIQUE INDEX identity_by_person ON identity (person, issuer);
