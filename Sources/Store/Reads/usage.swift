internal import Domain
internal import GRDB

/// What a tenant or a node has given out: sums over the rows, never a counter.
enum Usage {
    /// A reseller's with that of its tenants.
    static func ofTenant(_ id: Int64, _ db: Database) throws -> Quantities { try sum("tenant_id IN (SELECT :id UNION ALL SELECT id FROM tenants WHERE reseller_id = :id)", id, db) }
    static func ofNode(_ id: Int64, _ db: Database) throws -> Quantities { try sum("node_id = :id", id, db) }

    /// Each tenant's own, without what its tenants have; those that have none are left out. `ids`: a JSON list of theirs.
    static func ofTenants(_ ids: String, _ db: Database) throws -> [Int64: Quantities] {
        let sizes = try Row.fetchAll(
            db,
            cached: """
                SELECT tenant_id, count(*) AS vps, sum(cpu_millicores) AS cpu, sum(memory_bytes) AS memory, sum(disk_bytes) AS disk,
                    sum((SELECT count(*) FROM address_leases l WHERE l.vps_id = vpses.id AND l.family = 'ipv4')) AS addresses
                FROM vpses WHERE tenant_id IN (SELECT value FROM json_each(?)) GROUP BY tenant_id
                """, arguments: [ids])
        return Dictionary(uniqueKeysWithValues: sizes.map { ($0["tenant_id"] as Int64, Quantities($0)) })
    }

    private static func sum(_ condition: String, _ id: Int64, _ db: Database) throws -> Quantities {
        let sizes = try Row.fetchOne(
            db,
            cached: """
                SELECT count(*) AS vps, coalesce(sum(cpu_millicores), 0) AS cpu, coalesce(sum(memory_bytes), 0) AS memory, coalesce(sum(disk_bytes), 0) AS disk,
                    (SELECT count(*) FROM address_leases l JOIN vpses w ON w.id = l.vps_id WHERE \(condition) AND l.family = 'ipv4') AS addresses
                FROM vpses WHERE \(condition)
                """, arguments: ["id": id])
        guard let sizes else { return Quantities() }
        return Quantities(sizes)
    }
}

extension Quantities {
    fileprivate init(_ sizes: Row) { self.init(vps: sizes["vps"], cpuMillicores: sizes["cpu"], memoryBytes: sizes["memory"], diskBytes: sizes["disk"], addresses: sizes["addresses"]) }
}
