package import Domain
internal import Foundation
internal import GRDB

extension Store {
    /// Of one user: who opens one more ends his oldest.
    package static let mostSessions = 20

    /// A session of a user of whom it is known that it is he. `hash`: SHA-256 of its secret; `step`: of the code that he showed. Returns the ids of those that it ends, too. Throws `Refusal.changed` where somebody else showed the code, or he changed, meanwhile.
    package func openSession(_ id: String, of seen: UserRecord, hash: [UInt8], step: Int64?, until end: Int64, by author: Author) async throws -> (session: TokenRecord, ended: [String]) {
        try await written { [now] db, _ in
            let user = try UserRecord.with(seen.login, db)
            guard user == seen else { throw Refusal.changed(seen.login.description) }
            if let step { try db.execute(cached: "UPDATE users SET totp_step = ? WHERE id = ?", arguments: [step, user.id]) }
            // Those that have ended, and his oldest; what is known of them afterwards is in the events.
            let ended = try String.fetchAll(
                db,
                cached: """
                    DELETE FROM tokens WHERE number IN
                    (SELECT number FROM tokens WHERE user_id = ?1 ORDER BY revoked_at IS NULL AND expires_at > ?2 DESC, number DESC LIMIT -1 OFFSET ?3)
                    OR user_id = ?1 AND (revoked_at IS NOT NULL OR expires_at <= ?2) RETURNING id
                    """, arguments: [user.id, now(), Self.mostSessions - 1])
            try db.execute(
                cached: """
                    INSERT INTO tokens (id, name, tenant_id, role, hash, created_at, created_by, expires_at, user_id)
                    SELECT ?, ?, tenant_id, role, ?, ?, ?, ?, id FROM users WHERE id = ?
                    """, arguments: [id, "session-\(id)", Data(hash), now(), author.actor, end, user.id])
            try db.recordEvent("session.opened", seen.login.description, by: author, at: now(), "id=\(id)\(ended.isEmpty ? "" : "; ended: \(Self.list(ended))")")
            return ((try TokenRecord.with(id, db), ended), nil)
        }
    }
}
