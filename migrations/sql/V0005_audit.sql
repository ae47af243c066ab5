-- Each event from here on says from where and with which request, what it changed, and holds the hash of all before it.
ALTER TABLE events ADD COLUMN source TEXT;
ALTER TABLE events ADD COLUMN request TEXT;
-- JSON objects of what was otherwise before, and is so now.
ALTER TABLE events ADD COLUMN before TEXT;
ALTER TABLE events ADD COLUMN after TEXT;
-- SHA-256 of the hash before it and of this row. No value: written by an older release; the first that has one is over all of those.
ALTER TABLE events ADD COLUMN hash BLOB CHECK (hash IS NULL OR length(hash) = 32);
CREATE TABLE event_chain (
    -- The last event without a hash.
    unchained_through INTEGER NOT NULL
) STRICT;
INSERT INTO event_chain SELECT coalesce(max(id), 0) FROM events;
CREATE TRIGGER event_chain_is_not_changed BEFORE UPDATE ON event_chain BEGIN SELECT RAISE(ABORT, 'the beginning of the chain is not changed'); END;
CREATE TRIGGER event_chain_is_not_deleted BEFORE DELETE ON event_chain BEGIN SELECT RAISE(ABORT, 'the beginning of the chain is not deleted'); END;
CREATE INDEX events_by_subject ON events (subject);

-- Who had which address, from when to when: what address_leases forgets.
CREATE TABLE address_holdings (
    number INTEGER PRIMARY KEY,
    family TEXT NOT NULL CHECK (family IN ('ipv4', 'ipv6')),
    address TEXT NOT NULL,
    prefix_length INTEGER NOT NULL CHECK (prefix_length IN (32, 64)),
    tenant TEXT NOT NULL,
    vps TEXT NOT NULL,
    vps_id TEXT NOT NULL,
    leased_at INTEGER NOT NULL,
    released_at INTEGER CHECK (released_at >= leased_at)
) STRICT;
CREATE INDEX address_holdings_by_address ON address_holdings (address);
CREATE UNIQUE INDEX address_holdings_now ON address_holdings (address) WHERE released_at IS NULL;
INSERT INTO address_holdings (family, address, prefix_length, tenant, vps, vps_id, leased_at)
    SELECT l.family, l.address, l.prefix_length, t.name, v.name, v.id, l.leased_at
    FROM address_leases l JOIN vpses v ON v.id = l.vps_id JOIN tenants t ON t.id = v.tenant_id ORDER BY l.leased_at;
CREATE TRIGGER address_holdings_only_end BEFORE UPDATE ON address_holdings
    WHEN OLD.released_at IS NOT NULL OR (NEW.number, NEW.family, NEW.address, NEW.prefix_length, NEW.tenant, NEW.vps, NEW.vps_id, NEW.leased_at)
        <> (OLD.number, OLD.family, OLD.address, OLD.prefix_length, OLD.tenant, OLD.vps, OLD.vps_id, OLD.leased_at)
    BEGIN SELECT RAISE(ABORT, 'address holdings only end'); END;
CREATE TRIGGER address_holdings_are_kept BEFORE DELETE ON address_holdings BEGIN SELECT RAISE(ABORT, 'address holdings are kept'); END;
