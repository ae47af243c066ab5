internal import Domain
internal import NodeModel
internal import Synchronization

/// Who opened what lately: the same by the same within a minute is one event, so that nobody fills the log. In memory only: a restart notes it again.
final class AccessBook: Sendable {
    private struct Access: Hashable, Sendable {
        var actor: String
        var source: String?
        var kind: String
        var id: VPSID
    }
    private let noted = Mutex<[Access: Int64]>([:])
    private static let noteEvery: Int64 = 60_000
    private static let most = 10_000

    func isToBeNoted(_ kind: String, _ id: VPSID, by author: Author, at now: Int64) -> Bool {
        noted.withLock { noted in
            let access = Access(actor: author.actor, source: author.source, kind: kind, id: id)
            if let last = noted[access], now >= last, now - last < Self.noteEvery { return false }
            if noted.count >= Self.most { noted = noted.filter { now - $0.value < Self.noteEvery } }
            if noted.count >= Self.most { noted = [:] }  // rather an event too many
            noted[access] = now
            return true
        }
    }

    /// It could not be noted.
    func forget(_ kind: String, _ id: VPSID, by author: Author) { noted.withLock { $0[Access(actor: author.actor, source: author.source, kind: kind, id: id)] = nil } }
}
