package import Domain
internal import GRDB

extension Store {
    package func createTenant(_ name: Name, _ ceilings: Ceilings, externalID: ExternalID? = nil, by author: Author) async throws -> TenantRecord {
        try await written { [now] db, _ in
            if try TenantRecord.fetchOne(db, cached: "SELECT * FROM tenants WHERE name = ?", arguments: [name.text]) != nil { throw Refusal.nameTaken(.tenant, name.text) }
            if let externalID, try Bool.fetchOne(db, cached: "SELECT EXISTS (SELECT 1 FROM tenants WHERE external_id = ?)", arguments: [externalID.text]) == true { throw Refusal.nameTaken(.externalID, externalID.text) }
            try db.execute(
                cached: """
                    INSERT INTO tenants (name, created_at, external_id, events_after, operations_after)
                    VALUES (?, ?, ?, (SELECT coalesce(max(id), 0) FROM events), (SELECT coalesce(max(number), 0) FROM operations))
                    """, arguments: [name.text, now(), externalID?.text])
            let tenant = try TenantRecord.named(name, db)
            try tenant.set(ceilings, db)
            let whole = try tenant.complete(db)
            try db.recordEvent("tenant.created", name.text, by: author, at: now(), ceilings.words, after: whole)
            return (whole, nil)
        }
    }

    /// Those left out stay.
    package func setCeilings(_ name: Name, _ ceilings: Ceilings, by author: Author) async throws -> TenantRecord {
        try await committed { [now] db, terms in
            let tenant = try TenantRecord.named(name, db).complete(db)
            try terms.check(tenant, name.text)
            try tenant.set(ceilings, db)
            let changed = try tenant.complete(db)
            try db.recordEvent("tenant.changed", name.text, by: author, at: now(), ceilings.words, before: tenant, after: changed)
            return changed
        }
    }

    /// Refused while it has a VPS.
    package func deleteTenant(_ name: Name, by author: Author) async throws {
        try await committed { [now] db, terms in
            let tenant = try TenantRecord.named(name, db).complete(db)
            try terms.check(tenant, name.text)
            let count = tenant.usage.vps
            guard count == 0 else { throw Refusal.inUse(.tenant, name.text, by: "\(count) VPSes") }
            try db.execute(cached: "DELETE FROM quotas WHERE tenant_id = ?", arguments: [tenant.id])
            try db.execute(cached: "DELETE FROM suspensions WHERE tenant_id = ?", arguments: [tenant.id])
            try db.execute(cached: "DELETE FROM tokens WHERE tenant_id = ?", arguments: [tenant.id])
            try db.execute(cached: "DELETE FROM users WHERE tenant_id = ?", arguments: [tenant.id])
            try db.execute(cached: "DELETE FROM webhooks WHERE tenant_id = ?", arguments: [tenant.id])
            try db.execute(cached: "DELETE FROM tenants WHERE id = ?", arguments: [tenant.id])
            try db.recordEvent("tenant.deleted", name.text, by: author, at: now(), before: tenant)
        }
    }
}

extension TenantRecord {
    fileprivate func set(_ ceilings: Ceilings, _ db: Database) throws {
        for dimension in Dimension.allCases {
            guard let ceiling = ceilings[dimension] else { continue }
            try db.execute(
                cached: "INSERT INTO quotas VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET ceiling = excluded.ceiling", arguments: [id, dimension.rawValue, ceiling])
        }
    }
}

extension Ceilings {
    fileprivate var words: String { Dimension.allCases.compactMap { dimension in self[dimension].map { "\(dimension.rawValue)=\($0)" } }.joined(separator: " ") }
}
