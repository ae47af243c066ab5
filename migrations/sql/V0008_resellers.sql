-- A reseller is a tenant that owns tenants: what they have counts against its quota, too.
ALTER TABLE tenants ADD COLUMN is_reseller INTEGER NOT NULL DEFAULT 0 CHECK (is_reseller IN (0, 1));
-- Whose customer it is. No value: the platform's own.
ALTER TABLE tenants ADD COLUMN reseller_id INTEGER REFERENCES tenants ON DELETE RESTRICT CHECK (reseller_id IS NULL OR is_reseller = 0);
CREATE INDEX tenants_by_reseller ON tenants (reseller_id) WHERE reseller_id IS NOT NULL;

-- One reason more: the reseller's own, whatever it is.
CREATE TABLE suspensions_for_more_reasons (
    number INTEGER PRIMARY KEY,
    tenant_id INTEGER NOT NULL REFERENCES tenants ON DELETE RESTRICT,
    -- No value: all of the tenant's, and of its tenants'.
    vps_id TEXT REFERENCES vpses ON DELETE CASCADE,
    reason TEXT NOT NULL CHECK (reason IN ('billing', 'abuse', 'quota', 'admin', 'reseller')),
    detail TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;
INSERT INTO suspensions_for_more_reasons SELECT * FROM suspensions;
DROP TABLE suspensions;
ALTER TABLE suspensions_for_more_reasons RENAME TO suspensions;
CREATE UNIQUE INDEX suspensions_once ON suspensions (tenant_id, coalesce(vps_id, ''), reason);

-- Owners may sell from here on, if their tenant is a reseller: who could do all that an owner may can do so still, and give it.
UPDATE tokens SET verbs = 'access delegate manage power read sell' WHERE role = 'owner' AND verbs IN ('access delegate manage power read', 'access delegate manage power');
