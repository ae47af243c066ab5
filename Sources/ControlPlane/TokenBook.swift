internal import Domain
internal import Identity
internal import Store
internal import Synchronization

/// Every token that can be used, in memory: whoever floods the daemon with bad ones costs no look at the records, and a
/// token that is revoked lets nobody in from then on. Only this process writes them.
final class TokenBook: Sendable {
    private struct Entry: Sendable {
        var token: TokenRecord
        var notedAt: Int64
    }
    private let entries = Mutex<[String: Entry]>([:])
    /// How often a token's last use is written down.
    private static let noteEvery: Int64 = 60_000

    func load(_ tokens: [TokenRecord]) {
        entries.withLock { $0 = Dictionary(tokens.map { ($0.id, Entry(token: $0, notedAt: $0.lastUsedAt ?? 0)) }) { $1 } }
    }

    func add(_ token: TokenRecord) { entries.withLock { $0[token.id] = Entry(token: token, notedAt: 0) } }
    func remove(_ id: String) { entries.withLock { $0[id] = nil } }

    /// Whether a token that was let in would be again. Nil: none was needed.
    func knows(_ id: String?, at now: Int64) -> Bool { id.map { id in entries.withLock { $0[id]?.token.isValid(at: now) ?? false } } ?? true }

    /// The token that `text` is, and whether its use is to be written down. Nil: it is none, or not here, or not now.
    func find(_ text: String, from source: String?, now: Int64) -> (token: TokenRecord, isToBeNoted: Bool)? {
        guard let shown = TokenText(text), let entry = entries.withLock({ $0[shown.id] }), shown.matches(entry.token.hash), entry.token.isValid(at: now), entry.token.terms.admits(from: source) else { return nil }
        let isToBeNoted = now - entry.notedAt >= Self.noteEvery || now < entry.notedAt
        if isToBeNoted { entries.withLock { $0[shown.id]?.notedAt = now } }
        return (entry.token, isToBeNoted)
    }
}
