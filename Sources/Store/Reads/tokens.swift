package import Domain
internal import GRDB

extension Store {
    /// The newest first; also those that are revoked or have expired. Nil: the platform's and every tenant's.
    package func tokens(of tenant: Name?) async throws -> [TokenRecord] {
        try await pool.read { db in
            guard let tenant else { return try TokenRecord.fetchAll(db, cached: "\(TokenRecord.selection) ORDER BY k.created_at DESC, k.id") }
            let owner = try TenantRecord.named(tenant, db)
            return try TokenRecord.fetchAll(db, cached: "\(TokenRecord.selection) WHERE k.tenant_id = ? ORDER BY k.created_at DESC, k.id", arguments: [owner.id])
        }
    }

    /// Nil: there is none.
    package func token(_ id: String) async throws -> TokenRecord? {
        try await pool.read { db in try TokenRecord.fetchOne(db, cached: "\(TokenRecord.selection) WHERE k.id = ?", arguments: [id]) }
    }

    package func isUsable(token id: String) async throws -> Bool {
        try await pool.read { db in try Bool.fetchOne(db, cached: "SELECT EXISTS (SELECT 1 FROM tokens WHERE id = ? AND revoked_at IS NULL)", arguments: [id]) ?? false }
    }

    /// Those that somebody can still use, now or if his clock is wrong.
    package func usableTokens() async throws -> [TokenRecord] {
        try await pool.read { db in try TokenRecord.fetchAll(db, cached: "\(TokenRecord.selection) WHERE k.revoked_at IS NULL") }
    }
}

extension TokenRecord {
    static func with(_ id: String, _ db: Database) throws -> TokenRecord {
        guard let record = try TokenRecord.fetchOne(db, cached: "\(selection) WHERE k.id = ?", arguments: [id]) else { throw Refusal.notFound(.token, id) }
        return record
    }
}
