package import Domain
internal import GRDB
package import NodeModel

extension Store {
    /// All but the abandoned, by tenant and name.
    package func vpses(tenant: Name?) async throws -> [VPSRecord] {
        try await read(tenant, by: vpsListMemory) { db in
            if let tenant {
                _ = try TenantRecord.named(tenant, db)
                return try VPSRecord.all(db, "v.phase <> 'abandoned' AND t.name = ?", [tenant.text])
            }
            return try VPSRecord.all(db, "v.phase <> 'abandoned'", [])
        }
    }

    /// A reseller's own and those of its tenants: all but the abandoned, by tenant and name.
    package func vpses(reseller: Name) async throws -> [VPSRecord] {
        try await read(reseller, by: resoldVPSMemory) { db in
            try VPSRecord.all(db, "v.phase <> 'abandoned' AND (t.name = ?1 OR t.reseller_id = (SELECT id FROM tenants WHERE name = ?1))", [reseller.text])
        }
    }

    /// Throws `Refusal.notFound`.
    package func vps(tenant: Name, name: Name) async throws -> VPSRecord {
        try await read("\(tenant)/\(name)", by: vpsMemory) { db in try VPSRecord.named(tenant, name, db) }
    }

    /// Whatever its phase; nil: there is none.
    package func vps(_ id: VPSID) async throws -> VPSRecord? { try await pool.read { db in try VPSRecord.with(id, db) } }

    /// Every VPS of a node that has work to do or is to be looked at: whatever its phase.
    package func vpses(node: String) async throws -> [VPSRecord] { try await pool.read { db in try VPSRecord.all(db, "n.name = ?", [node]) } }
}

extension VPSRecord {
    static func all(_ db: Database, _ condition: String, _ arguments: StatementArguments) throws -> [VPSRecord] {
        var records = try VPSRecord.fetchAll(db, cached: "\(selection) WHERE \(condition) ORDER BY t.name, v.name", arguments: arguments)
        guard !records.isEmpty else { return [] }
        let leases = try LeaseRecord.fetchAll(
            db, cached: "SELECT *, NULL AS tenant, NULL AS vps FROM address_leases WHERE vps_id IN (SELECT value FROM json_each(?)) ORDER BY family, address", arguments: [json(records.map { "\"\($0.id)\"" })])
        let byVPS = Dictionary(grouping: leases, by: \.vpsID)
        for index in records.indices { records[index].addresses = byVPS[records[index].id.text]?.map(\.address) ?? [] }
        let whose = Set(records.flatMap { [$0.tenantID] + ($0.resellerID.map { [$0] } ?? []) })
        let suspensions = try SuspensionRecord.fetchAll(
            db, cached: "SELECT * FROM suspensions WHERE tenant_id IN (SELECT value FROM json_each(?)) ORDER BY reason", arguments: [json(whose.map { "\($0)" })])
        guard !suspensions.isEmpty else { return records }
        let (ofTenant, ofVPS) = (Dictionary(grouping: suspensions.filter { $0.extent == .tenant }, by: \.tenantID), Dictionary(grouping: suspensions.filter { $0.extent == .vps }, by: \.vpsID))
        for index in records.indices {
            let (tenant, reseller) = (records[index].tenantID, records[index].resellerID)
            let all = (ofTenant[tenant] ?? []) + (reseller.flatMap { ofTenant[$0] } ?? []) + (ofVPS[records[index].id.text] ?? [])
            records[index].suspensions = all.map { $0.seen(from: tenant) }.sorted { $0.reason.rawValue < $1.reason.rawValue }
        }
        return records
    }

    private static func json(_ values: [String]) -> String { "[\(values.joined(separator: ","))]" }

    static func with(_ id: VPSID, _ db: Database) throws -> VPSRecord? { try all(db, "v.id = ?", [id.text]).first }

    static func named(_ tenant: Name, _ name: Name, _ db: Database) throws -> VPSRecord {
        let owner = try TenantRecord.named(tenant, db)
        guard let record = try all(db, "v.tenant_id = ? AND v.name = ? AND v.phase <> 'abandoned'", [owner.id, name.text]).first else {
            throw Refusal.notFound(.vps, "\(tenant)/\(name)")
        }
        return record
    }
}
