package import Domain
internal import GRDB

extension Store {
    /// By name. `tenant`: nil for the platform's and everybody's.
    package func users(of tenant: Name?) async throws -> [UserRecord] {
        try await pool.read { db in
            guard let tenant else { return try UserRecord.fetchAll(db, cached: "\(UserRecord.selection) ORDER BY coalesce(t.name, ''), u.name") }
            let owner = try TenantRecord.named(tenant, db)
            return try UserRecord.fetchAll(db, cached: "\(UserRecord.selection) WHERE u.tenant_id = ? ORDER BY u.name", arguments: [owner.id])
        }
    }

    /// Nil: there is none.
    package func user(_ login: Login) async throws -> UserRecord? { try await pool.read { db in try UserRecord.find(login, db) } }
}
