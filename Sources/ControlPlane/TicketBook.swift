internal import Domain
internal import Identity
internal import Synchronization

/// Tickets to one stream each, for those who can show no header: once, and soon. In memory only, and of each only the hash.
final class TicketBook: Sendable {
    struct Ticket: Sendable {
        var scope: Scope
        var tenant: Name
        var vps: Name
        var kind: StreamKind
        var expiresAt: Int64
    }
    private struct Entry: Sendable {
        var hash: [UInt8]
        var ticket: Ticket
    }
    private let entries = Mutex<[String: Entry]>([:])
    private static let most = 10_000
    /// Of a token, or of a tenant.
    private static let mostOfOne = 128

    /// Nil: there are too many that nobody has used yet.
    func issue(_ ticket: Ticket, at now: Int64) -> String? {
        let text = TokenText.random()
        let holders = Set(Holder.of(ticket.scope))
        return entries.withLock { entries in
            entries = entries.filter { now < $0.value.ticket.expiresAt }
            guard entries.count < Self.most, entries.values.count(where: { !holders.isDisjoint(with: Holder.of($0.ticket.scope)) }) < Self.mostOfOne else { return nil }
            entries[text.id] = Entry(hash: text.hash, ticket: ticket)
            return text.text
        }
    }

    /// It is worth nothing afterwards. Nil: it never was, or not any more.
    func redeem(_ text: String, at now: Int64) -> Ticket? {
        guard let shown = TokenText(text) else { return nil }
        let entry = entries.withLock { entries -> Entry? in
            guard let entry = entries[shown.id], shown.matches(entry.hash) else { return nil }
            entries[shown.id] = nil
            return entry
        }
        return entry.flatMap { now < $0.ticket.expiresAt ? $0.ticket : nil }
    }
}
