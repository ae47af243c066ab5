-- What the caller's own books call it: how a billing system finds what it made.
ALTER TABLE tenants ADD COLUMN external_id TEXT CHECK (length(external_id) BETWEEN 1 AND 128);
ALTER TABLE vpses ADD COLUMN external_id TEXT CHECK (length(external_id) BETWEEN 1 AND 128);
CREATE UNIQUE INDEX tenants_by_external_id ON tenants (external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX vpses_by_external_id ON vpses (external_id) WHERE external_id IS NOT NULL AND phase <> 'abandoned';

-- Whoever had a tenant's name before was somebody else: of what was done only what came after is the tenant's own.
ALTER TABLE tenants ADD COLUMN events_after INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tenants ADD COLUMN operations_after INTEGER NOT NULL DEFAULT 0;
UPDATE tenants SET events_after = coalesce((SELECT max(id) - 1 FROM events WHERE kind = 'tenant.created' AND subject = tenants.name), 0),
    operations_after = coalesce((SELECT max(number) FROM operations WHERE operations.created_at < tenants.created_at), 0);

-- One kind of operation more: vps.change.
CREATE TABLE operations_of_more_kinds (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('vps.create', 'vps.start', 'vps.stop', 'vps.restart', 'vps.change', 'vps.delete', 'template.build')),
    subject TEXT NOT NULL,
    vps_id TEXT,
    grace_seconds INTEGER NOT NULL CHECK (grace_seconds >= 0),
    status TEXT NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed')),
    message TEXT NOT NULL DEFAULT '',
    error_code TEXT,
    error_detail TEXT,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    CHECK ((status = 'pending') = (finished_at IS NULL)),
    CHECK ((status = 'failed') = (error_code IS NOT NULL)),
    CHECK ((kind = 'template.build') = (vps_id IS NULL))
) STRICT;
INSERT INTO operations_of_more_kinds SELECT * FROM operations;
DROP TABLE operations;
ALTER TABLE operations_of_more_kinds RENAME TO operations;
CREATE UNIQUE INDEX operations_pending_vps ON operations (vps_id) WHERE status = 'pending' AND vps_id IS NOT NULL;
CREATE UNIQUE INDEX operations_pending_template ON operations (subject) WHERE status = 'pending' AND vps_id IS NULL;
CREATE INDEX operations_by_subject ON operations (subject);
