package import Domain
internal import GRDB

extension Store {
    /// By name. `reseller`: itself and its own only. Nil: all.
    package func tenants(of reseller: Name? = nil) async throws -> [TenantRecord] {
        try await read(reseller, by: tenantListMemory) { db in
            let records = try TenantRecord.fetchAll(db, cached: "\(TenantRecord.selection) WHERE ?1 IS NULL OR t.name = ?1 OR r.name = ?1 ORDER BY t.name", arguments: [reseller?.text])
            return try TenantRecord.completing(records, db)
        }
    }

    /// The tenants that it owns. Nil: it is no reseller, or not there.
    package func resold(by tenant: Name) async throws -> Set<Name>? {
        let resellers = try await read(nil, by: resaleMemory) { db in Set(try String.fetchAll(db, cached: "SELECT name FROM tenants WHERE is_reseller = 1").map { try Name($0) }) }
        guard resellers.contains(tenant) else { return nil }
        return try await read(tenant, by: resaleMemory) { db in
            Set(try String.fetchAll(db, cached: "SELECT t.name FROM tenants t JOIN tenants r ON r.id = t.reseller_id WHERE r.name = ?", arguments: [tenant.text]).map { try Name($0) })
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

extension TenantRecord {
    /// As `complete`, for many at once, by as many reads as for one. With each reseller must be all of its own.
    fileprivate static func completing(_ records: [TenantRecord], _ db: Database) throws -> [TenantRecord] {
        let ids = "[\(Set(records.flatMap { [$0.id] + ($0.resellerID.map { [$0] } ?? []) }).map { "\($0)" }.joined(separator: ","))]"
        let ceilings = try Row.fetchAll(db, cached: "SELECT * FROM quotas WHERE tenant_id IN (SELECT value FROM json_each(?))", arguments: [ids]).reduce(into: [Int64: Ceilings]()) { all, row in
            all[row["tenant_id"], default: Ceilings()][try row.word("dimension", Dimension.init)] = row["ceiling"]
        }
        let usage = try Usage.ofTenants(ids, db)
        let suspensions = Dictionary(
            grouping: try SuspensionRecord.fetchAll(db, cached: "SELECT * FROM suspensions WHERE tenant_id IN (SELECT value FROM json_each(?)) AND vps_id IS NULL ORDER BY number", arguments: [ids]), by: \.tenantID)
        let owned = Dictionary(grouping: records, by: \.resellerID)
        return records.map { record in
            var record = record
            record.ceilings = ceilings[record.id] ?? Ceilings()
            record.usage = ([record] + (owned[record.id] ?? [])).reduce(into: Quantities()) { $0 += usage[$1.id] ?? Quantities() }
            let all = (suspensions[record.id] ?? []) + (record.resellerID.flatMap { suspensions[$0] } ?? [])
            record.suspensions = all.map { $0.seen(from: record.id) }.sorted { $0.reason.rawValue < $1.reason.rawValue }
            return record
        }
    }
}
