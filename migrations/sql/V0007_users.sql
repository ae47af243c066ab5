-- People, who log in with a password; what they get is a token with an end: a session.
CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 63 AND name NOT GLOB '*[^a-z0-9-]*'),
    tenant_id INTEGER REFERENCES tenants ON DELETE RESTRICT,
    role TEXT NOT NULL CHECK (role IN ('admin', 'clerk', 'owner', 'member', 'reader')),
    -- scrypt (RFC 7914): nobody can read it back.
    password TEXT NOT NULL CHECK (password GLOB '$scrypt$*'),
    -- Shared with the user's authenticator (RFC 6238), in Base32; no value: a password is enough.
    totp_secret TEXT,
    -- The step of time whose code was taken last: no code is taken twice.
    totp_step INTEGER,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    CHECK ((tenant_id IS NOT NULL) = (role IN ('owner', 'member', 'reader')))
) STRICT;
CREATE UNIQUE INDEX users_by_name ON users (coalesce(tenant_id, 0), name);
CREATE INDEX users_by_tenant ON users (tenant_id);
-- Whose session it is.
ALTER TABLE tokens ADD COLUMN user_id INTEGER REFERENCES users ON DELETE CASCADE;
CREATE INDEX tokens_by_user ON tokens (user_id) WHERE user_id IS NOT NULL;
