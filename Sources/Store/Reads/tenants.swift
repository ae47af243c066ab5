package import Domain
internal import GRDB

extension Store {
    /// By name. `reseller`: itself and its own only. Nil: all.
    package func tenants(of reseller: Name? = nil) async throws -> [TenantRecord] {
        try await pool.read { db in
            try TenantRecord.fetchAll(db, cached: "\(TenantRecord.selection) WHERE ?1 IS NULL OR t.name = ?1 OR r.name = ?1 ORDER BY t.name", arguments: [reseller?.text]).map { try $0.complete(db) }
        }
    }

    /// The tenants that it owns. Nil: it is no reseller, or not there.
    package func resold(by tenant: Name) async throws -> Set<Name>? {
        try await read(tenant, by: resaleMemory) { db in
            guard let reseller = try Int64.fetchOne(db, cached: "SELECT id FROM tenants WHERE name = ? AND is_reseller = 1", arguments: [tenant.text]) else { return nil }
            return Set(try String.fetchAll(db, cached: "SELECT name FROM tenants WHERE reseller_id = ?", arguments: [reseller]).map { try Name($0) })
        }
    }

    /// Throws `Refusal.notFound`.
    package func tenant(_ name: Name) async throws -> TenantRecord {
        try await read(name, by: tenantMemory) { db in try TenantRecord.named(name, db).complete(db) }
    }
}

extension TenantRecord {
    static func named(_ name: Name, _ db: Database) throws -> TenantRecord {
        guard let record = try TenantRecord.fetchOne(db, cached: "\(selection) WHERE t.name = ?", arguments: [name.text]) else { throw Refusal.notFound(.tenant, name.text) }
        return record
    }

    func ceilings(_ db: Database) throws -> Ceilings {
        try Row.fetchAll(db, cached: "SELECT dimension, ceiling FROM quotas WHERE tenant_id = ?", arguments: [id]).reduce(into: Ceilings()) { ceilings, row in
            ceilings[try row.word("dimension", Dimension.init)] = row["ceiling"]
        }
    }

    /// Whose customer it is. Nil: the platform's own.
    func owner(_ db: Database) throws -> TenantRecord? {
        try resellerID.flatMap { try TenantRecord.fetchOne(db, cached: "\(Self.selection) WHERE t.id = ?", arguments: [$0]) }
    }

    func suspensions(_ db: Database) throws -> [SuspensionRecord] {
        try SuspensionRecord.fetchAll(db, cached: "SELECT * FROM suspensions WHERE tenant_id IN (?, ?) AND vps_id IS NULL ORDER BY reason, number", arguments: [id, resellerID]).map { $0.seen(from: id) }
    }

    func complete(_ db: Database) throws -> TenantRecord {
        var record = self
        record.ceilings = try ceilings(db)
        record.usage = try Usage.ofTenant(id, db)
        record.suspensions = try suspensions(db)
        return record
    }
}
