-- The records of Roost. Times are milliseconds since 1970, UTC; sizes are bytes; CPU is millicores.
-- The schema repeats what it can of the rules: what a bug lets through must fail here.

CREATE TABLE tenants (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 63 AND name NOT GLOB '*[^a-z0-9-]*'),
    created_at INTEGER NOT NULL
) STRICT;

-- A tenant's ceilings. No row: refused, not unlimited.
CREATE TABLE quotas (
    tenant_id INTEGER NOT NULL REFERENCES tenants ON DELETE RESTRICT,
    dimension TEXT NOT NULL CHECK (dimension IN ('vps', 'cpuMillicores', 'memoryBytes', 'diskBytes', 'addresses')),
    ceiling INTEGER NOT NULL CHECK (ceiling >= 0),
    PRIMARY KEY (tenant_id, dimension)
) STRICT, WITHOUT ROWID;

CREATE TABLE plans (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 63 AND name NOT GLOB '*[^a-z0-9-]*'),
    cpu_millicores INTEGER NOT NULL CHECK (cpu_millicores > 0),
    memory_bytes INTEGER NOT NULL CHECK (memory_bytes > 0),
    swap_bytes INTEGER NOT NULL CHECK (swap_bytes >= 0),
    disk_bytes INTEGER NOT NULL CHECK (disk_bytes > 0),
    processes INTEGER NOT NULL CHECK (processes > 0),
    nesting INTEGER NOT NULL CHECK (nesting IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

-- What a node last said of itself; nothing until it did.
CREATE TABLE nodes (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    -- Where its range of host ids begins: every VPS's disk is mapped from there, so it does not change under them.
    id_base INTEGER NOT NULL CHECK (id_base > 0),
    hostname TEXT NOT NULL DEFAULT '',
    version TEXT NOT NULL DEFAULT '',
    kernel TEXT NOT NULL DEFAULT '',
    cgroup_version INTEGER NOT NULL DEFAULT 0,
    cpu_millicores INTEGER NOT NULL DEFAULT 0 CHECK (cpu_millicores >= 0),
    memory_bytes INTEGER NOT NULL DEFAULT 0 CHECK (memory_bytes >= 0),
    pool_bytes INTEGER NOT NULL DEFAULT 0 CHECK (pool_bytes >= 0),
    pool_free_bytes INTEGER NOT NULL DEFAULT 0 CHECK (pool_free_bytes >= 0),
    observed_at INTEGER
) STRICT;

-- A pool that left the settings is kept for its leases, but leases no more.
CREATE TABLE address_pools (
    id INTEGER PRIMARY KEY,
    network TEXT NOT NULL UNIQUE,
    family TEXT NOT NULL CHECK (family IN ('ipv4', 'ipv6')),
    leasing INTEGER NOT NULL CHECK (leasing IN (0, 1))
) STRICT;

CREATE TABLE templates (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 63 AND name NOT GLOB '*[^a-z0-9-]*'),
    digest TEXT NOT NULL CHECK (length(digest) = 64 AND digest NOT GLOB '*[^0-9a-f]*'),
    image_bytes INTEGER NOT NULL CHECK (image_bytes >= 0),
    minimum_disk_bytes INTEGER NOT NULL CHECK (minimum_disk_bytes >= 0),
    built_at INTEGER NOT NULL,
    summary TEXT NOT NULL
) STRICT;

-- The plan's sizes are copied here: an admitted VPS does not change with its plan. The template is no reference: a
-- disk is a clone, and outlives the template.
CREATE TABLE vpses (
    id TEXT PRIMARY KEY CHECK (length(id) = 10 AND id NOT GLOB '*[^a-z2-9]*'),
    tenant_id INTEGER NOT NULL REFERENCES tenants ON DELETE RESTRICT,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 63 AND name NOT GLOB '*[^a-z0-9-]*'),
    node_id INTEGER NOT NULL REFERENCES nodes ON DELETE RESTRICT,
    plan_id INTEGER NOT NULL REFERENCES plans ON DELETE RESTRICT,
    -- live; deleting: the node is to remove it; abandoned: so too, after a creation that failed, and its name is free.
    phase TEXT NOT NULL CHECK (phase IN ('live', 'deleting', 'abandoned')),
    cpu_millicores INTEGER NOT NULL CHECK (cpu_millicores > 0),
    memory_bytes INTEGER NOT NULL CHECK (memory_bytes > 0),
    swap_bytes INTEGER NOT NULL CHECK (swap_bytes >= 0),
    disk_bytes INTEGER NOT NULL CHECK (disk_bytes > 0),
    processes INTEGER NOT NULL CHECK (processes > 0),
    nesting INTEGER NOT NULL CHECK (nesting IN (0, 1)),
    template TEXT NOT NULL,
    template_digest TEXT NOT NULL CHECK (length(template_digest) = 64 AND template_digest NOT GLOB '*[^0-9a-f]*'),
    hostname TEXT NOT NULL,
    -- One key a line.
    ssh_keys TEXT NOT NULL,
    -- The range of host ids, by number.
    id_slot INTEGER NOT NULL CHECK (id_slot > 0),
    desired_power TEXT NOT NULL CHECK (desired_power IN ('running', 'stopped')),
    generation INTEGER NOT NULL CHECK (generation > 0),
    -- The node's own words; generation 0: it has not spoken yet.
    observed_state TEXT NOT NULL CHECK (observed_state IN ('running', 'stopped', 'failed', 'unknown')),
    observed_generation INTEGER NOT NULL CHECK (observed_generation BETWEEN 0 AND generation),
    halted_by_guest INTEGER NOT NULL DEFAULT 0 CHECK (halted_by_guest IN (0, 1)),
    -- The node had it once, and does not have it any more.
    missing INTEGER NOT NULL DEFAULT 0 CHECK (missing IN (0, 1)),
    init_pid INTEGER,
    reason TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (node_id, id_slot)
) STRICT;
CREATE UNIQUE INDEX vpses_by_name ON vpses (tenant_id, name) WHERE phase <> 'abandoned';
CREATE INDEX vpses_by_tenant ON vpses (tenant_id);
CREATE INDEX vpses_by_plan ON vpses (plan_id);

CREATE TABLE address_leases (
    pool_id INTEGER NOT NULL REFERENCES address_pools ON DELETE RESTRICT,
    slot INTEGER NOT NULL CHECK (slot > 0),
    vps_id TEXT NOT NULL REFERENCES vpses ON DELETE RESTRICT,
    family TEXT NOT NULL CHECK (family IN ('ipv4', 'ipv6')),
    address TEXT NOT NULL UNIQUE,
    prefix_length INTEGER NOT NULL CHECK (prefix_length IN (32, 64)),
    leased_at INTEGER NOT NULL,
    PRIMARY KEY (pool_id, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX address_leases_by_vps ON address_leases (vps_id);

-- `vps_id` is no reference: an operation outlives what it was about.
CREATE TABLE operations (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 16),
    kind TEXT NOT NULL CHECK (kind IN ('vps.create', 'vps.start', 'vps.stop', 'vps.restart', 'vps.delete', 'template.build')),
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
-- One at a time on each VPS and each template.
CREATE UNIQUE INDEX operations_pending_vps ON operations (vps_id) WHERE status = 'pending' AND vps_id IS NOT NULL;
CREATE UNIQUE INDEX operations_pending_template ON operations (subject) WHERE status = 'pending' AND vps_id IS NULL;

-- Who did what: written once, never changed.
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are not changed'); END;
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are not deleted'); END;
