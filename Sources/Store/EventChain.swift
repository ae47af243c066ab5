internal import Crypto
internal import GRDB

/// Each event holds the hash of the one before it and of itself: whoever changes, takes out or puts in one afterwards must make
/// all later ones anew, and ends at another head than the one that somebody noted.
enum EventChain {
    /// Before the first event.
    static let start = [UInt8](repeating: 0, count: 32)

    static func hash(_ previous: [UInt8], _ event: EventRecord) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: previous)
        for number in [event.id, event.at] { hash.update(data: bytes(number)) }
        for text in [event.actor, event.kind, event.subject, event.detail, event.source, event.request, event.before, event.after] {
            // Whether it is there, and how long it is: no two rows read alike.
            guard let text else { hash.update(data: [0]); continue }
            hash.update(data: [1] + bytes(Int64(text.utf8.count)))
            hash.update(data: Array(text.utf8))
        }
        return Array(hash.finalize())
    }

    private static func bytes(_ number: Int64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) } }

    /// What the next event continues: the last one's hash, or that of all that older releases wrote.
    static func head(_ db: Database) throws -> (lastID: Int64, hash: [UInt8]) {
        guard let last = try EventRecord.fetchOne(db, cached: "SELECT * FROM events ORDER BY id DESC LIMIT 1") else { return (0, start) }
        if let hash = last.hash { return (last.id, hash) }
        var hash = start
        let older = try EventRecord.fetchCursor(db, sql: "SELECT * FROM events ORDER BY id")
        while let event = try older.next() { hash = self.hash(hash, event) }
        return (last.id, hash)
    }
}

extension EventChain {
    static func verdict(_ db: Database, known: [UInt8]?) throws -> ChainVerdict {
        var verdict = ChainVerdict()
        if let known { verdict.hasKnownHead = known == start }
        let unchained = try Int64.fetchOne(db, sql: "SELECT unchained_through FROM event_chain") ?? 0
        let events = try EventRecord.fetchCursor(db, sql: "SELECT * FROM events ORDER BY id")
        while let event = try events.next() {
            let hash = hash(verdict.head, event)
            // What older releases wrote has none of its own.
            if event.id > unchained ? event.hash != hash : event.hash != nil {
                verdict.brokenAt = event.id
                return verdict
            }
            verdict.head = hash
            verdict.events += 1
            if hash == known { verdict.hasKnownHead = true }
        }
        return verdict
    }
}

/// What the audit log's own arithmetic says of it.
package struct ChainVerdict: Sendable, Equatable {
    package var events: Int64 = 0
    /// Of the newest event; to be noted elsewhere, so that nobody can make the whole chain anew.
    package var head = EventChain.start
    /// The first that is not what it was, or does not follow the one before it.
    package var brokenAt: Int64?
    /// Whether the head that was asked for is in the chain. Nil: none was.
    package var hasKnownHead: Bool?

    package var isWhole: Bool { brokenAt == nil && hasKnownHead != false }
}

extension Store {
    /// Reads all of it. `known`: a head that was noted earlier.
    package func verifyEvents(known: [UInt8]?) async throws -> ChainVerdict { try await pool.read { db in try EventChain.verdict(db, known: known) } }
}
