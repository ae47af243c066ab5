internal import Domain
internal import NodeModel
internal import Synchronization

/// Who opened what lately: the same by the same within a minute is one event, so that nobody fills the log. In memory only: a restart notes it again.
final class AccessBook: Sendable {
    private struct Noted: Hashable, Sendable {
        var actor: String
        var source: String?
        var kind: String
        var id: VPSID

        init(_ access: Access, _ author: Author) { (actor, source, kind, id) = (author.actor, author.source, access.kind, access.id) }
    }
    private let noted = Mutex<[Noted: Int64]>([:])
    private static let noteEvery: Int64 = 60_000
    private static let most = 10_000

    /// False: it was noted already, a moment ago.
    func note(_ access: Access, by author: Author, at now: Int64) -> Bool {
        noted.withLock { noted in
            let access = Noted(access, author)
            if let last = noted[access], now >= last, now - last < Self.noteEvery { return false }
            if noted.count >= Self.most { noted = noted.filter { now - $0.value < Self.noteEvery } }
            if noted.count >= Self.most { noted = [:] }  // rather an event too many
            noted[access] = now
            return true
        }
    }

    /// It could not be noted.
    func forget(_ access: Access, by author: Author) { noted.withLock { $0[Noted(access, author)] = nil } }
}
