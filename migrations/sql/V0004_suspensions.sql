-- Why a tenant, or one of its VPSes, may not run: it runs only while there is no row.
CREATE TABLE suspensions (
    number INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenants ON DELETE RESTRICT,
    -- No value: all of the tenant's.
    vps_id TEXT REFERENCES vpses ON DELETE CASCADE,
    reason TEXT NOT NULL CHECK (reason IN ('billing', 'abuse', 'quota', 'admin')),
    detail TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;
-- Clerks may suspend from here on; those who could only read until now go on so.
UPDATE tokens SET verbs = 'read' WHERE role = 'clerk' AND verbs IS NULL;
CREATE UNIQUE INDEX suspensions_once ON suspensions (tenant_id, coalesce(vps_id, ''), reason);
