package import Domain
internal import GRDB

/// A tenant that somebody wants.
package struct TenantRequest: Sendable {
    package var name: Name
    package var ceilings: Ceilings
    package var externalID: ExternalID?
    /// Whose customer it is to be. Nil: the platform's own.
    package var reseller: Name?
    package var isReseller: Bool

    package init(name: Name, ceilings: Ceilings, externalID: ExternalID? = nil, reseller: Name? = nil, isReseller: Bool = false) {
        self.name = name
        self.ceilings = ceilings
        self.externalID = externalID
        self.reseller = reseller
        self.isReseller = isReseller
    }
}

extension Store {
    /// Of one reseller: each of its requests looks at all of them.
    package static let mostResold = 1000

    package func createTenant(_ request: TenantRequest, by author: Author) async throws -> TenantRecord {
        try await written { [now] db, _ in
            let name = request.name.text
            let owner = try request.reseller.map { try TenantRecord.named($0, db) }
            try request.requireOwnName(db)
            try owner?.requireRoom(db)
            try owner?.require(request.ceilings, db)
            if try Bool.fetchOne(db, cached: "SELECT EXISTS (SELECT 1 FROM tenants WHERE name = ?)", arguments: [name]) == true { throw Refusal.nameTaken(.tenant, name) }
            if let externalID = request.externalID, try Bool.fetchOne(db, cached: "SELECT EXISTS (SELECT 1 FROM tenants WHERE external_id = ?)", arguments: [externalID.text]) == true { throw Refusal.nameTaken(.externalID, externalID.text) }
            try db.execute(
                cached: """
                    INSERT INTO tenants (name, created_at, external_id, reseller_id, is_reseller, events_after, operations_after)
                    VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM events), (SELECT coalesce(max(number), 0) FROM operations))
                    """, arguments: [name, now(), request.externalID?.text, owner?.id, request.isReseller])
            let tenant = try TenantRecord.named(request.name, db)
            try tenant.set(request.ceilings, db)
            let whole = try tenant.complete(db)
            try db.recordEvent("tenant.created", name, by: author, at: now(), request.ceilings.words, after: whole)
            return (whole, nil)
        }
    }

    /// Ceilings that are left out stay. `isReseller`: nil, as it is.
    package func changeTenant(_ name: Name, _ ceilings: Ceilings, isReseller: Bool? = nil, by author: Author) async throws -> TenantRecord {
        try await committed { [now] db, terms in
            let tenant = try TenantRecord.named(name, db).complete(db)
            try terms.check(tenant, name.text)
            try tenant.owner(db)?.require(ceilings, had: tenant.ceilings, db)
            try tenant.set(ceilings, db)
            if let isReseller {
                guard !isReseller || tenant.resellerID == nil else { throw Refusal.wrongState("\(name) is \(tenant.reseller ?? "another")'s customer, and can own no tenants itself") }
                if isReseller { try name.requireNobodyBelow(db) } else { try tenant.refuseOwning(db) }
                try db.execute(cached: "UPDATE tenants SET is_reseller = ? WHERE id = ?", arguments: [isReseller, tenant.id])
            }
            let changed = try TenantRecord.named(name, db).complete(db)
            try db.recordEvent("tenant.changed", name.text, by: author, at: now(), ceilings.words, before: tenant, after: changed)
            return changed
        }
    }

    /// Refused while it has a VPS, owns a tenant, or is suspended, but `despite` these reasons. Returns the ids of its tokens, which go with it.
    @discardableResult
    package func deleteTenant(_ name: Name, despite: Set<SuspensionReason> = Set(SuspensionReason.allCases), by author: Author) async throws -> [String] {
        try await committed { [now] db, terms in
            let tenant = try TenantRecord.named(name, db).complete(db)
            try terms.check(tenant, name.text)
            try tenant.suspensions.refuse(name.text, despite: despite)
            try tenant.refuseOwning(db)
            let count = tenant.usage.vps
            guard count == 0 else { throw Refusal.inUse(.tenant, name.text, by: "\(count) VPSes") }
            try db.execute(cached: "DELETE FROM quotas WHERE tenant_id = ?", arguments: [tenant.id])
            try db.execute(cached: "DELETE FROM suspensions WHERE tenant_id = ?", arguments: [tenant.id])
            let tokens = try String.fetchAll(db, cached: "DELETE FROM tokens WHERE tenant_id = ? RETURNING id", arguments: [tenant.id])
            try db.execute(cached: "DELETE FROM users WHERE tenant_id = ?", arguments: [tenant.id])
            try db.execute(cached: "DELETE FROM webhooks WHERE tenant_id = ?", arguments: [tenant.id])
            try db.execute(cached: "DELETE FROM tenants WHERE id = ?", arguments: [tenant.id])
            try db.recordEvent("tenant.deleted", name.text, by: author, at: now(), before: tenant)
            return tokens
        }
    }
}

/// What begins with a reseller's name and a hyphen are its tenants, all of them and nobody else's: whoever had such a name before was its own, too.
extension TenantRequest {
    fileprivate func requireOwnName(_ db: Database) throws {
        // First, so that nobody learns by trying which names others have.
        if let reseller, !name.text.hasPrefix("\(reseller)-") { throw Refusal.wrongState("name: it begins with \(reseller)-, as all of this reseller's tenants do") }
        let above = try String.fetchOne(db, cached: "SELECT name FROM tenants WHERE is_reseller = 1 AND substr(?, 1, length(name) + 1) = name || '-' AND name IS NOT ?", arguments: [name.text, reseller?.text])
        if let above { throw Refusal.wrongState("names that begin with \(above)- are for the tenants of the reseller \(above)") }
        if isReseller { try name.requireNobodyBelow(db) }
    }
}

extension Name {
    /// As it is to be a reseller's.
    fileprivate func requireNobodyBelow(_ db: Database) throws {
        let other = try String.fetchOne(
            db, cached: "SELECT t.name FROM tenants t LEFT JOIN tenants r ON r.id = t.reseller_id WHERE t.name >= ?1 || '-' AND t.name < ?1 || '.' AND r.name IS NOT ?1 LIMIT 1", arguments: [text])
        if let other { throw Refusal.wrongState("names that begin with \(self)- would be its tenants', and there is \(other) already") }
    }
}

extension TenantRecord {
    /// For one tenant more.
    fileprivate func requireRoom(_ db: Database) throws {
        guard isReseller else { throw Refusal.wrongState("\(name) is no reseller") }
        try suspensions(db).refuse(name)
        guard try owned(db) < Store.mostResold else { throw Refusal.wrongState("\(name) owns \(Store.mostResold) tenants already") }
    }

    /// Nobody is promised more than there could ever be for him. What he was promised before may stay, or become less.
    fileprivate func require(_ promised: Ceilings, had: Ceilings = Ceilings(), _ db: Database) throws {
        let own = try ceilings(db)
        let exceeded = Dimension.allCases.compactMap { dimension -> Exceeded? in
            guard let wanted = promised[dimension], wanted > max(own[dimension] ?? 0, had[dimension] ?? 0) else { return nil }
            return Exceeded(dimension, limit: own[dimension] ?? 0, used: 0, requested: wanted)
        }
        guard exceeded.isEmpty else { throw Refusal.resellerQuotaExceeded(reseller: name, exceeded) }
    }

    fileprivate func refuseOwning(_ db: Database) throws {
        let count = try owned(db)
        guard count == 0 else { throw Refusal.inUse(.tenant, name, by: "\(count) tenants that it owns") }
    }

    private func owned(_ db: Database) throws -> Int { try Int.fetchOne(db, cached: "SELECT count(*) FROM tenants WHERE reseller_id = ?", arguments: [id]) ?? 0 }

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
