-- What was done for a request that carried an Idempotency-Key: written with it, so that the request's repetition finds it done.
CREATE TABLE receipts (
    actor TEXT NOT NULL,
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    -- SHA-256 of the method, the path and the body.
    request BLOB NOT NULL CHECK (length(request) = 32),
    created_at INTEGER NOT NULL,
    -- What it began, or else what was answered. Neither: it was done, and roostd ended before it answered.
    operation_id TEXT,
    status INTEGER,
    answer BLOB,
    PRIMARY KEY (actor, key),
    CHECK ((status IS NULL) = (answer IS NULL)),
    CHECK (operation_id IS NULL OR status IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipts_by_age ON receipts (created_at);
