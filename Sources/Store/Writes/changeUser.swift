package import Domain
internal import GRDB

/// What of a user is to be otherwise; what is nil stays.
package struct UserChange: Sendable {
    /// scrypt of the new one.
    package var password: String?
    package var totp: TOTP?

    package enum TOTP: Sendable {
        /// `step`: of the code that proved it.
        case secret(String, step: Int64)
        case none
    }

    package init(password: String? = nil, totp: TOTP? = nil) {
        self.password = password
        self.totp = totp
    }
}

extension Store {
    /// Of one tenant, or of the platform.
    package static let mostUsers = 1000

    /// `password`: scrypt of it.
    package func createUser(_ login: Login, _ role: Role, password: String, by author: Author) async throws -> UserRecord {
        try await written { [now] db, _ in
            let owner = try login.tenant.map { try TenantRecord.named($0, db) }
            if try UserRecord.find(login, db) != nil { throw Refusal.nameTaken(.user, login.description) }
            let count = try Int.fetchOne(db, cached: "SELECT count(*) FROM users WHERE coalesce(tenant_id, 0) = ?", arguments: [owner?.id ?? 0]) ?? 0
            guard count < Self.mostUsers else { throw Refusal.wrongState("there are \(Self.mostUsers) users already; delete some") }
            try db.execute(
                cached: "INSERT INTO users (name, tenant_id, role, password, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [login.name.text, owner?.id, role.rawValue, password, now(), author.actor])
            let user = try UserRecord.with(login, db)
            try db.recordEvent("user.created", login.description, by: author, at: now(), after: user)
            return (user, nil)
        }
    }

    /// Returns the ids of the sessions that end with it: all of his where he gets another password, but for the token `kept`.
    package func changeUser(_ login: Login, _ change: UserChange, keeping kept: String? = nil, by author: Author) async throws -> [String] {
        try await committed { [now] db, _ in
            let user = try UserRecord.with(login, db)
            if let password = change.password { try db.execute(cached: "UPDATE users SET password = ? WHERE id = ?", arguments: [password, user.id]) }
            switch change.totp {
            case .secret(let secret, let step): try db.execute(cached: "UPDATE users SET totp_secret = ?, totp_step = ? WHERE id = ?", arguments: [secret, step, user.id])
            case .some(.none): try db.execute(cached: "UPDATE users SET totp_secret = NULL, totp_step = NULL WHERE id = ?", arguments: [user.id])
            case nil: break
            }
            let ended = change.password == nil ? [] : try user.endSessions(keeping: kept, at: now(), db)
            try db.recordEvent("user.changed", login.description, by: author, at: now(), change.password == nil ? "" : "another password", before: user, after: try UserRecord.with(login, db))
            return ended
        }
    }

    /// Returns the ids of the sessions that end with it.
    package func deleteUser(_ login: Login, by author: Author) async throws -> [String] {
        try await committed { [now] db, _ in
            let user = try UserRecord.with(login, db)
            let ended = try user.endSessions(at: now(), db)
            try db.execute(cached: "DELETE FROM users WHERE id = ?", arguments: [user.id])
            try db.recordEvent("user.deleted", login.description, by: author, at: now(), before: user)
            return ended
        }
    }
}

extension UserRecord {
    fileprivate func endSessions(keeping kept: String? = nil, at now: Int64, _ db: Database) throws -> [String] {
        try String.fetchAll(db, cached: "UPDATE tokens SET revoked_at = ? WHERE user_id = ? AND revoked_at IS NULL AND id IS NOT ? RETURNING id", arguments: [now, id, kept])
    }
}
