internal import Domain
internal import GRDB
internal import NodeModel

/// The pools that lease now, as the database has them.
struct LeasingPools {
    private let pools: [(id: Int64, pool: AddressPool)]

    static func read(_ db: Database) throws -> LeasingPools {
        LeasingPools(
            pools: try Row.fetchAll(db, cached: "SELECT id, network FROM address_pools WHERE leasing = 1 ORDER BY id").map { row in
                (row["id"], try AddressPool(Network(row["network"])))
            })
    }

    func has(_ family: AddressPool.Family) -> Bool { pools.contains { $0.pool.family == family } }

    /// One address of each family that has a pool: the lowest that is free.
    func lease(to id: VPSID, at: Int64, _ db: Database) throws {
        for family in AddressPool.Family.allCases where has(family) {
            guard let (poolID, pool, slot) = try free(family, db) else { throw Refusal.noAddress(family) }
            try db.execute(
                cached: "INSERT INTO address_leases (pool_id, slot, vps_id, family, address, prefix_length, leased_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [poolID, slot, id.text, family.rawValue, pool.address(slot: slot), pool.leasePrefix, at])
        }
        try db.execute(
            cached: """
                INSERT INTO address_holdings (family, address, prefix_length, tenant, vps, vps_id, leased_at)
                    SELECT l.family, l.address, l.prefix_length, t.name, v.name, v.id, l.leased_at
                    FROM address_leases l JOIN vpses v ON v.id = l.vps_id JOIN tenants t ON t.id = v.tenant_id WHERE l.vps_id = ?
                """, arguments: [id.text])
    }

    private func free(_ family: AddressPool.Family, _ db: Database) throws -> (Int64, AddressPool, Int64)? {
        for (id, pool) in pools where pool.family == family {
            let taken = try Int64.fetchAll(db, cached: "SELECT slot FROM address_leases WHERE pool_id = ? ORDER BY slot", arguments: [id])
            if let slot = lowestFree(in: pool.slots, taken: taken) { return (id, pool, slot) }
        }
        return nil
    }
}
