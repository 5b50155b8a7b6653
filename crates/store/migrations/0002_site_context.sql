-- What pages are made with beside their own source, and which of them link to which.

-- A site's settings, redirects and snippets, in the form that the app gives them. A site without any has
-- no row.
CREATE TABLE site_context (
    site TEXT PRIMARY KEY REFERENCES site (id) ON DELETE CASCADE,
    -- BLAKE3 of `body`, hex: enough to see whether a cached page is still right.
    hash TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- The links of pages to other pages. A target may belong to another pack and be gone.
CREATE TABLE page_link (
    site    TEXT NOT NULL REFERENCES site (id) ON DELETE CASCADE,
    path    TEXT NOT NULL,
    to_site TEXT NOT NULL,
    to_path TEXT NOT NULL,
    PRIMARY KEY (site, path, to_site, to_path)
) STRICT, WITHOUT ROWID;
CREATE INDEX page_link_by_target ON page_link (to_site, to_path);
