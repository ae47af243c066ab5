internal import Domain
internal import Identity
internal import Synchronization

/// Tickets, each to one `Use`, for those who can show no header: once, and soon. In memory only, and of each only the hash.
final class TicketBook<Use: Sendable>: Sendable {
    private struct Entry: Sendable {
        var hash: [UInt8]
        var use: Use
        var holders: Set<Holder>
        var expiresAt: Int64
    }
    private let entries = Mutex<[String: Entry]>([:])
    private let most = 10_000
    /// Of a token, or of a tenant.
    private let mostOfOne = 128

    /// To `scope`, who asks for it in place of those for the same (`insteadOf`). Nil: there are too many that nobody has used yet.
    func issue(_ use: Use, to scope: Scope, insteadOf isReplaced: (Use) -> Bool = { _ in false }, until expiresAt: Int64, at now: Int64) -> String? {
        let text = TokenText.random()
        let holders = Set(Holder.of(scope))
        return entries.withLock { entries in
            entries = entries.filter { now < $0.value.expiresAt && !isReplaced($0.value.use) }
            guard entries.count < most, holders.allSatisfy({ holder in entries.values.count { $0.holders.contains(holder) } < most(of: holder) }) else { return nil }
            entries[text.id] = Entry(hash: text.hash, use: use, holders: holders, expiresAt: expiresAt)
            return text.text
        }
    }

    private func most(of holder: Holder) -> Int { if case .reseller = holder { mostOfOne * Holder.resellerFactor } else { mostOfOne } }

    /// It is worth nothing afterwards. Nil: it never was, or not any more.
    func redeem(_ text: String, at now: Int64) -> Use? {
        guard let shown = TokenText(text) else { return nil }
        let entry = entries.withLock { entries -> Entry? in
            guard let entry = entries[shown.id], shown.matches(entry.hash) else { return nil }
            entries[shown.id] = nil
            return entry
        }
        return entry.flatMap { now < $0.expiresAt ? $0.use : nil }
    }
}
