-- What callers show over the network. The secret itself is nowhere: `hash` is its SHA-256.
CREATE TABLE tokens (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 16 AND id NOT GLOB '*[^0-9a-f]*'),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 63 AND name NOT GLOB '*[^a-z0-9-]*'),
    tenant_id INTEGER REFERENCES tenants ON DELETE RESTRICT,
    role TEXT NOT NULL CHECK (role IN ('admin', 'clerk', 'owner', 'member', 'reader')),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    -- Words with a space between; no row's value: all that the role has, all VPSes, from anywhere.
    verbs TEXT,
    vpses TEXT,
    sources TEXT,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    last_used_at INTEGER,
    last_used_from TEXT,
    CHECK ((tenant_id IS NOT NULL) = (role IN ('owner', 'member', 'reader')))
) STRICT;
CREATE UNIQUE INDEX tokens_by_name ON tokens (coalesce(tenant_id, 0), name) WHERE revoked_at IS NULL;
CREATE INDEX tokens_by_tenant ON tokens (tenant_id);
