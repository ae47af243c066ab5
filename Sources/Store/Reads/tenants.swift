package import Domain
internal import GRDB

extension Store {
    package func tenants() async throws -> [TenantRecord] {
        try await pool.read { db in try TenantRecord.fetchAll(db, cached: "SELECT * FROM tenants ORDER BY name").map { try $0.complete(db) } }
    }

    /// Throws `Refusal.notFound`.
    package func tenant(_ name: Name) async throws -> TenantRecord {
        try await read(name, by: tenantMemory) { db in try TenantRecord.named(name, db).complete(db) }
    }
}

extension TenantRecord {
    static func named(_ name: Name, _ db: Database) throws -> TenantRecord {
        guard let record = try TenantRecord.fetchOne(db, cached: "SELECT * FROM tenants WHERE name = ?", arguments: [name.text]) else { throw Refusal.notFound(.tenant, name.text) }
        return record
    }

    func ceilings(_ db: Database) throws -> Ceilings {
        try Row.fetchAll(db, cached: "SELECT dimension, ceiling FROM quotas WHERE tenant_id = ?", arguments: [id]).reduce(into: Ceilings()) { ceilings, row in
            ceilings[try row.word("dimension", Dimension.init)] = row["ceiling"]
        }
    }

    func suspensions(_ db: Database) throws -> [SuspensionRecord] {
        try SuspensionRecord.fetchAll(db, cached: "SELECT * FROM suspensions WHERE tenant_id = ? AND vps_id IS NULL ORDER BY reason", arguments: [id])
    }

    func complete(_ db: Database) throws -> TenantRecord {
        var record = self
        record.ceilings = try ceilings(db)
        record.usage = try Usage.ofTenant(id, db)
        record.suspensions = try suspensions(db)
        return record
    }
}
