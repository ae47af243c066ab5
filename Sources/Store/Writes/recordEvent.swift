internal import Domain
internal import Foundation
internal import GRDB

extension Database {
    /// `before` and `after`: what it is about; of what is the same in both nothing is kept.
    func recordEvent(
        _ kind: String, _ subject: String, by author: Author, at: Int64, _ detail: String = "", before: (any Audited)? = nil, after: (any Audited)? = nil
    ) throws {
        let (last, previous) = try EventChain.head(self)
        let (old, new) = (before?.audited, after?.audited)
        let event = EventRecord(
            id: last + 1, at: at, author, kind: kind, subject: subject, detail: detail.replacing("\0", with: ""), before: try old.map { try Self.json($0, without: new) }, after: try new.map { try Self.json($0, without: old) })
        try execute(
            cached: "INSERT INTO events (id, at, actor, kind, subject, detail, source, request, before, after, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                event.id, at, event.actor, kind, subject, event.detail, event.source, event.request, event.before, event.after, Data(EventChain.hash(previous, event)),
            ])
    }

    private static func json(_ state: [String: String], without same: [String: String]?) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(state.filter { same?[$0.key] != $0.value }), as: UTF8.self)
    }
}
