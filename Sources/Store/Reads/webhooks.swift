package import Domain
internal import GRDB

extension Store {
    /// By name. `tenant`: nil for the platform's and everybody's.
    package func webhooks(of tenant: Name?) async throws -> [WebhookRecord] {
        try await pool.read { db in
            guard let tenant else { return try WebhookRecord.fetchAll(db, cached: "\(WebhookRecord.selection) ORDER BY coalesce(t.name, ''), w.name") }
            let owner = try TenantRecord.named(tenant, db)
            return try WebhookRecord.fetchAll(db, cached: "\(WebhookRecord.selection) WHERE w.tenant_id = ? ORDER BY w.name", arguments: [owner.id])
        }
    }

    /// Throws `Refusal.notFound`. `tenant`: nil for one of the platform.
    package func webhook(_ name: Name, of tenant: Name?) async throws -> WebhookRecord { try await pool.read { db in try WebhookRecord.named(name, of: tenant, db) } }

    /// Nil: there is none.
    package func webhook(_ id: String) async throws -> WebhookRecord? { try await pool.read { db in try WebhookRecord.find(id, db) } }
}

extension WebhookRecord {
    static func named(_ name: Name, of tenant: Name?, _ db: Database) throws -> WebhookRecord {
        let owner = try tenant.map { try TenantRecord.named($0, db) }
        guard let record = try WebhookRecord.fetchOne(db, cached: "\(selection) WHERE coalesce(w.tenant_id, 0) = ? AND w.name = ?", arguments: [owner?.id ?? 0, name.text]) else { throw Refusal.notFound(.webhook, name.text) }
        return record
    }

    static func find(_ id: String, _ db: Database) throws -> WebhookRecord? { try WebhookRecord.fetchOne(db, cached: "\(selection) WHERE w.id = ?", arguments: [id]) }
}
