package import Domain
internal import Foundation
package import GRDB

package struct TokenRecord: Sendable, Equatable {
    package var id: String
    package var name: String
    /// Whose session it is. Nil: nobody's, it was given to a program.
    package var user: Name?
    /// Nil: of the platform.
    package var tenant: Name?
    /// Whose customer the tenant is. Nil: the platform's own.
    package var reseller: Name?
    package var terms: TokenTerms
    /// SHA-256 of the secret.
    package var hash: [UInt8]
    package var createdAt: Int64
    package var createdBy: String
    package var revokedAt: Int64?
    package var lastUsedAt: Int64?
    package var lastUsedFrom: String?

    package func isValid(at now: Int64) -> Bool { revokedAt == nil && terms.expiresAt.map { now < $0 } ?? true }
}

extension TokenRecord: FetchableRecord {
    static let selection = "SELECT k.*, t.name AS tenant, r.name AS reseller, u.name AS user FROM tokens k LEFT JOIN tenants t ON t.id = k.tenant_id LEFT JOIN tenants r ON r.id = t.reseller_id LEFT JOIN users u ON u.id = k.user_id"

    package init(row: Row) throws {
        id = row["id"]
        name = row["name"]
        user = try (row["user"] as String?).map { try Name($0) }
        tenant = try (row["tenant"] as String?).map { try Name($0) }
        reseller = try (row["reseller"] as String?).map { try Name($0) }
        terms = TokenTerms(
            role: try row.word("role", Role.init), verbs: try row.words("verbs", Verb.init), vpses: try row.words("vpses") { try? Name($0) },
            sources: Array(try row.words("sources") { try? Network($0) } ?? []).sorted { $0.description < $1.description }, expiresAt: row["expires_at"])
        hash = Array(row["hash"] as Data)
        createdAt = row["created_at"]
        createdBy = row["created_by"]
        revokedAt = row["revoked_at"]
        lastUsedAt = row["last_used_at"]
        lastUsedFrom = row["last_used_from"]
    }
}

extension Row {
    /// Words with a space between; nil where there is no value.
    fileprivate func words<Word: Hashable>(_ column: String, _ parse: (String) -> Word?) throws -> Set<Word>? {
        guard let text = self[column] as String? else { return nil }
        return Set(try text.split(separator: " ").map { part in
            guard let word = parse(String(part)) else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(column) holds \(part)") }
            return word
        })
    }
}
