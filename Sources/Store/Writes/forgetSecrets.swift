package import Domain
internal import GRDB

extension Store {
    /// Where the key that secrets are sealed with is lost: from now on no user has a second factor, no webhook is there, and nothing is sealed. The key file stays.
    package static func forgetSecrets(path: String, holding folder: StateFolder, by author: Author, now: Int64 = wallClock()) throws(StoreError) -> (users: [String], webhooks: [String]) {
        let why = "the key that its secret was sealed with is lost"
        return try opened(path) { pool in
            try Schema.migrate(pool, now: now)
            return try pool.write { db in
                let users = try UserRecord.fetchAll(db, sql: "\(UserRecord.selection) WHERE u.totp_secret IS NOT NULL ORDER BY t.name, u.name")
                for user in users {
                    try db.execute(sql: "UPDATE users SET totp_secret = NULL, totp_step = NULL WHERE id = ?", arguments: [user.id])
                    try db.recordEvent("user.changed", user.login.description, by: author, at: now, why, before: user, after: try UserRecord.with(user.login, db))
                }
                let webhooks = try WebhookRecord.fetchAll(db, sql: "\(WebhookRecord.selection) ORDER BY t.name, w.name")
                for webhook in webhooks { try db.delete(webhook, by: author, at: now, why) }
                try db.execute(sql: "DELETE FROM sealing")
                return (users.map(\.login.description), webhooks.map(\.subject))
            }
        }.1
    }
}
