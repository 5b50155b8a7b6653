-- What the reader keeps: bookmarks, what a page said when it was read, and what is known about pages.

-- The person's own; never leaves the device. It refers to no page, so that a bookmark outlives a source that
-- is away for a while: only those whose page is here are shown.
CREATE TABLE bookmark (
    site     TEXT NOT NULL,
    path     TEXT NOT NULL,
    added_at TEXT NOT NULL,
    PRIMARY KEY (site, path)
) STRICT, WITHOUT ROWID;

-- The sections of the page as they were when it was read last, in the form that the app gives them; NULL for
-- places that were kept before.
ALTER TABLE reading ADD COLUMN seen TEXT;

-- Owner, repository and dates of a site's pages, in the form that the app gives them. It is apart from
-- `site_context` because no page has to be rendered anew when it changes.
CREATE TABLE site_about (
    site TEXT PRIMARY KEY REFERENCES site (id) ON DELETE CASCADE,
    body TEXT NOT NULL
) STRICT;
