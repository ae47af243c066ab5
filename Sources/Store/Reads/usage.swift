internal import Domain
internal import GRDB

/// What a tenant or a node has given out: sums over the rows, never a counter.
enum Usage {
    static func ofTenant(_ id: Int64, _ db: Database) throws -> Quantities { try sum("tenant_id", id, db) }
    static func ofNode(_ id: Int64, _ db: Database) throws -> Quantities { try sum("node_id", id, db) }

    private static func sum(_ column: String, _ id: Int64, _ db: Database) throws -> Quantities {
        let sizes = try Row.fetchOne(
            db,
            cached: """
                SELECT count(*) AS vps, coalesce(sum(cpu_millicores), 0) AS cpu, coalesce(sum(memory_bytes), 0) AS memory, coalesce(sum(disk_bytes), 0) AS disk,
                    (SELECT count(*) FROM address_leases l JOIN vpses w ON w.id = l.vps_id WHERE w.\(column) = :id AND l.family = 'ipv4') AS addresses
                FROM vpses WHERE \(column) = :id
                """, arguments: ["id": id])
        guard let sizes else { return Quantities() }
        return Quantities(vps: sizes["vps"], cpuMillicores: sizes["cpu"], memoryBytes: sizes["memory"], diskBytes: sizes["disk"], addresses: sizes["addresses"])
    }
}
