internal import Domain
internal import GRDB

/// What a tenant or a node has given out: sums over the rows, never a counter.
enum Usage {
    /// A reseller's with that of its tenants.
    static func ofTenant(_ id: Int64, _ db: Database) throws -> Quantities { try sum("tenant_id IN (SELECT :id UNION ALL SELECT id FROM tenants WHERE reseller_id = :id)", id, db) }
    static func ofNode(_ id: Int64, _ db: Database) throws -> Quantities { try sum("node_id = :id", id, db) }

    private static func sum(_ condition: String, _ id: Int64, _ db: Database) throws -> Quantities {
        let sizes = try Row.fetchOne(
            db,
            cached: """
                SELECT count(*) AS vps, coalesce(sum(cpu_millicores), 0) AS cpu, coalesce(sum(memory_bytes), 0) AS memory, coalesce(sum(disk_bytes), 0) AS disk,
                    (SELECT count(*) FROM address_leases l JOIN vpses w ON w.id = l.vps_id WHERE \(condition) AND l.family = 'ipv4') AS addresses
                FROM vpses WHERE \(condition)
                """, arguments: ["id": id])
        guard let sizes else { return Quantities() }
        return Quantities(vps: sizes["vps"], cpuMillicores: sizes["cpu"], memoryBytes: sizes["memory"], diskBytes: sizes["disk"], addresses: sizes["addresses"])
    }
}
