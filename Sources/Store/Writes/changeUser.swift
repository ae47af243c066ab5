package import Domain
internal import GRDB

/// What of a user is to be otherwise; what is nil stays.
package struct UserEdit: Sendable {
    /// scrypt of the new one.
    package var password: String?
    package var totp: TOTP?
    /// Of the code that was shown for it.
    package var step: Int64?

    package enum TOTP: Sendable {
        /// `step`: of the code that proved it.
        case secret(String, step: Int64)
        case removed
    }

    package init(password: String? = nil, totp: TOTP? = nil, step: Int64? = nil) {
        self.password = password
        self.step = step
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
            try Belongings.users.requireRoom(owner, db)
            try db.execute(
                cached: "INSERT INTO users (name, tenant_id, role, password, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [login.name.text, owner?.id, role.rawValue, password, now(), author.actor])
            let user = try UserRecord.with(login, db)
            try db.recordEvent("user.created", login.description, by: author, at: now(), after: user)
            return (user, nil)
        }
    }

    /// As he was `seen`. Returns the ids of the sessions that end with it: all of his where he gets another password, but for `kept`, a
    /// session that is still good. Throws `Refusal.changed` where that is not so any more.
    package func changeUser(_ seen: UserRecord, _ edit: UserEdit, keeping kept: String? = nil, by author: Author) async throws -> (UserRecord, ended: [String]) {
        try await committed { [now, seal] db, _ in
            let user = try seen.again(db)
            if let kept, try TokenRecord.with(kept, db).isValid(at: now()) == false { throw Refusal.changed(seen.login.description) }
            if let password = edit.password { try db.execute(cached: "UPDATE users SET password = ? WHERE id = ?", arguments: [password, user.id]) }
            if let step = edit.step { try db.execute(cached: "UPDATE users SET totp_step = ? WHERE id = ?", arguments: [step, user.id]) }
            switch edit.totp {
            case .secret(let secret, let step): try db.execute(cached: "UPDATE users SET totp_secret = ?, totp_step = ? WHERE id = ?", arguments: [try seal.close(Array(secret.utf8)).text, step, user.id])
            case .removed: try db.execute(cached: "UPDATE users SET totp_secret = NULL, totp_step = NULL WHERE id = ?", arguments: [user.id])
            case nil: break
            }
            let ended = edit.password == nil ? [] : try user.endSessions(keeping: kept, db)
            let changed = try UserRecord.with(user.login, db)
            try db.recordEvent("user.changed", user.login.description, by: author, at: now(), edit.password == nil ? "" : "another password; ended: \(Self.list(ended))", before: user, after: changed)
            return (changed, ended)
        }
    }

    /// As he was `seen`. Returns the ids of the sessions that end with it.
    package func deleteUser(_ seen: UserRecord, by author: Author) async throws -> [String] {
        try await committed { [now] db, _ in
            let user = try seen.again(db)
            let ended = try user.endSessions(keeping: nil, db)
            try db.execute(cached: "DELETE FROM users WHERE id = ?", arguments: [user.id])
            try db.recordEvent("user.deleted", user.login.description, by: author, at: now(), "ended: \(Self.list(ended))", before: user)
            return ended
        }
    }

    static func list(_ ids: [String]) -> String { ids.isEmpty ? "none" : ids.sorted().joined(separator: " ") }
}

extension UserRecord {
    /// Throws `Refusal.changed` where he is another meanwhile. That he logged in is no change.
    fileprivate func again(_ db: Database) throws -> UserRecord {
        let user = try UserRecord.with(login, db)
        guard (user.id, user.role, user.password, user.totpSecret) == (id, role, password, totpSecret) else { throw Refusal.changed(login.description) }
        return user
    }

    /// What is known of them afterwards is in the events.
    fileprivate func endSessions(keeping kept: String?, _ db: Database) throws -> [String] {
        try String.fetchAll(db, cached: "DELETE FROM tokens WHERE user_id = ? AND id IS NOT ? RETURNING id", arguments: [id, kept])
    }
}
