package import Domain
internal import Foundation
internal import GRDB

extension Store {
    /// Of one tenant, or of the platform: all are held in memory.
    package static let mostTokens = 1000

    /// `hash`: SHA-256 of the secret, which is nowhere kept. `tenant`: nil for a token of the platform.
    package func createToken(_ id: String, _ name: Name, of tenant: Name?, _ terms: TokenTerms, hash: [UInt8], by author: Author) async throws -> TokenRecord {
        try await written { [now] db, _ in
            let owner = try tenant.map { try TenantRecord.named($0, db) }
            let taken = try Bool.fetchOne(
                db, cached: "SELECT EXISTS (SELECT 1 FROM tokens WHERE coalesce(tenant_id, 0) = ? AND name = ? AND revoked_at IS NULL)", arguments: [owner?.id ?? 0, name.text])
            try Belongings.tokens.requireRoom(owner, db)
            if taken == true { throw Refusal.nameTaken(.token, name.text) }
            try db.execute(
                cached: """
                    INSERT INTO tokens (id, name, tenant_id, role, hash, verbs, vpses, sources, created_at, created_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, name.text, owner?.id, terms.role.rawValue, Data(hash), terms.verbs.map { Self.words($0.map(\.rawValue)) }, terms.vpses.map { Self.words($0.map(\.text)) },
                    terms.sources.isEmpty ? nil : Self.words(terms.sources.map(\.description)), now(), author.actor, terms.expiresAt,
                ])
            let token = try TokenRecord.with(id, db)
            try db.recordEvent("token.created", Self.subject(tenant, name.text), by: author, at: now(), "id=\(id) role=\(terms.role.rawValue)", after: token)
            return (token, nil)
        }
    }

    /// For good. Revoked already is success. `tenant`: another's is as if it did not exist; nil: anybody's.
    package func revokeToken(_ id: String, of tenant: Name?, by author: Author) async throws -> TokenRecord {
        try await committed { [now] db, _ in
            let token = try TokenRecord.with(id, db)
            if let tenant, token.tenant != tenant { throw Refusal.notFound(.token, id) }
            guard token.revokedAt == nil else { return token }
            try db.execute(cached: "UPDATE tokens SET revoked_at = ? WHERE id = ?", arguments: [now(), id])
            let revoked = try TokenRecord.with(id, db)
            try db.recordEvent("token.revoked", Self.subject(token.tenant, token.name), by: author, at: now(), "id=\(id)", before: token, after: revoked)
            return revoked
        }
    }

    package func noteUse(ofToken id: String, at: Int64, from source: String?) async throws {
        try await pool.write { db in try db.execute(cached: "UPDATE tokens SET last_used_at = ?, last_used_from = ? WHERE id = ?", arguments: [at, source, id]) }
    }

    private static func words(_ words: [String]) -> String { words.sorted().joined(separator: " ") }
    private static func subject(_ tenant: Name?, _ name: String) -> String { tenant.map { "\($0)/\(name)" } ?? name }
}
