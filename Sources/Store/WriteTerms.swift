internal import GRDB

/// On what terms the request that this task is about may write.
package struct WriteTerms: Sendable, Equatable {
    /// Only if what it is about is as one of these tags says (RFC 9110, 13.1.1). Nil: however it is.
    package var tags: Set<String>?
    /// Everything is tried, and nothing written.
    package var isRehearsal: Bool
    /// The id of the token of whoever asks, which must be good still: a name that he was let in for may be another's by now. Nil: none was needed.
    package var token: String?

    package init(tags: Set<String>? = nil, isRehearsal: Bool = false, token: String? = nil) {
        self.tags = tags
        self.isRehearsal = isRehearsal
        self.token = token
    }

    @TaskLocal package static var current = WriteTerms()

    /// In the transaction, so that nobody changes it in between.
    func check(_ record: some Audited, _ subject: String) throws {
        guard let tags, !tags.contains(record.tag) else { return }
        throw Refusal.changed(subject)
    }
}

extension WriteTerms {
    fileprivate func requireToken(_ db: Database) throws {
        guard let token, try Bool.fetchOne(db, cached: "SELECT EXISTS (SELECT 1 FROM tokens WHERE id = ? AND revoked_at IS NULL)", arguments: [token]) == false else { return }
        throw Refusal.tokenGone
    }
}

/// The end of a rehearsal in which nothing went wrong.
package struct Rehearsed: Error {}

extension Store {
    /// One IMMEDIATE transaction, on the request's terms; in a rehearsal it is undone, and `Rehearsed` thrown.
    func committed<Value: Sendable>(_ body: @escaping @Sendable (Database, WriteTerms) throws -> Value) async throws -> Value {
        let terms = WriteTerms.current  // GRDB calls back on a thread of its own, where there is none
        return try await pool.write { db in
            try terms.requireToken(db)
            let value = try body(db, terms)
            if terms.isRehearsal { throw Rehearsed() }
            return value
        }
    }
}
