package import Domain
internal import GRDB
package import NodeModel

extension Store {
    /// That somebody opened an exec or the console of a VPS, or did something in it.
    package func noteAccess(_ kind: String, _ id: VPSID, _ detail: String, by author: Author) async throws {
        try await committed { [now] db, _ in
            guard let record = try VPSRecord.with(id, db) else { throw Refusal.notFound(.vps, id.text) }
            try db.recordEvent(kind, record.subject, by: author, at: now(), detail)
        }
    }
}
