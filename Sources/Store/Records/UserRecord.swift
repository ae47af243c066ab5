package import Domain
package import GRDB

/// Somebody who logs in with a password.
package struct UserRecord: Sendable, Equatable {
    package var id: Int64
    package var login: Login
    package var role: Role
    /// scrypt of it.
    package var password: String
    /// Nil: the password is enough.
    package var totpSecret: Sealed?
    /// Whose code was taken last.
    package var totpStep: Int64?
    package var createdAt: Int64
    package var createdBy: String
}

extension UserRecord: FetchableRecord {
    static let selection = "SELECT u.*, t.name AS tenant FROM users u LEFT JOIN tenants t ON t.id = u.tenant_id"

    package init(row: Row) throws {
        id = row["id"]
        login = Login(try Name(row["name"]), of: try (row["tenant"] as String?).map { try Name($0) })
        role = try row.word("role", Role.init)
        password = row["password"]
        totpSecret = (row["totp_secret"] as String?).map { Sealed(text: $0) }
        totpStep = row["totp_step"]
        createdAt = row["created_at"]
        createdBy = row["created_by"]
    }

    static func with(_ login: Login, _ db: Database) throws -> UserRecord {
        guard let user = try find(login, db) else { throw Refusal.notFound(.user, login.description) }
        return user
    }

    static func find(_ login: Login, _ db: Database) throws -> UserRecord? {
        try UserRecord.fetchOne(db, cached: "\(selection) WHERE u.name = ? AND t.name IS ?", arguments: [login.name.text, login.tenant?.text])
    }
}
