-- Users' second factors (then in Base64) and webhooks' secrets are sealed with a key in a file of its own. No row: they are still in clear, and
-- roostd seals them when it opens the database.
CREATE TABLE sealing (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    -- Known words, sealed: only the right key opens them.
    proof BLOB NOT NULL,
    -- Whether nothing of what was in clear is left in pages that are not used any more.
    is_clean INTEGER NOT NULL DEFAULT 0 CHECK (is_clean IN (0, 1))
) STRICT;

-- SQLite cannot change a CHECK: the table is made anew, but for that as it was.
CREATE TABLE webhooks_with_seals (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 16 AND id NOT GLOB '*[^0-9a-f]*'),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 63 AND name NOT GLOB '*[^a-z0-9-]*'),
    -- No value: the platform's.
    tenant_id INTEGER REFERENCES tenants ON DELETE RESTRICT,
    url TEXT NOT NULL CHECK (length(url) BETWEEN 1 AND 1024 AND (url GLOB 'https://?*' OR url GLOB 'http://?*')),
    -- What every message is signed with: 32 bytes; once there is a row in `sealing`, with a nonce of 12 and a tag of 16.
    secret BLOB NOT NULL CHECK (length(secret) IN (32, 60)),
    -- Words with a space between; empty: all kinds.
    kinds TEXT NOT NULL,
    -- The platform asked for it, and it may go where the settings let the platform's go.
    is_platforms INTEGER NOT NULL CHECK (is_platforms IN (0, 1)),
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    -- The last event that was taken, or that nobody wanted.
    cursor INTEGER NOT NULL,
    -- Failed ones, since the last event that was taken.
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    failing_since INTEGER,
    next_attempt_at INTEGER,
    -- A status of HTTP, or why there was none.
    last_answer TEXT,
    last_answer_at INTEGER,
    -- After that nothing is sent any more.
    disabled_at INTEGER,
    disabled_reason TEXT,
    CHECK ((attempts = 0) = (failing_since IS NULL)),
    CHECK ((last_answer IS NULL) = (last_answer_at IS NULL)),
    CHECK ((disabled_at IS NULL) = (disabled_reason IS NULL))
) STRICT;
INSERT INTO webhooks_with_seals SELECT * FROM webhooks;
DROP TABLE webhooks;
ALTER TABLE webhooks_with_seals RENAME TO webhooks;
CREATE UNIQUE INDEX webhooks_by_name ON webhooks (coalesce(tenant_id, 0), name);
CREATE INDEX webhooks_by_tenant ON webhooks (tenant_id);
