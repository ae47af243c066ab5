internal import Domain
internal import Foundation
package import GRDB

package struct EventRecord: Sendable, Equatable, FetchableRecord {
    package var id: Int64
    package var at: Int64
    package var actor: String
    package var kind: String
    package var subject: String
    package var detail: String
    package var source: String?
    package var request: String?
    /// JSON objects of texts.
    package var before: String?
    package var after: String?
    /// Nil: written by an older release.
    package var hash: [UInt8]?

    package init(row: Row) {
        id = row["id"]
        at = row["at"]
        actor = row["actor"]
        kind = row["kind"]
        subject = row["subject"]
        detail = row["detail"]
        source = row["source"]
        request = row["request"]
        before = row["before"]
        after = row["after"]
        hash = (row["hash"] as Data?).map { Array($0) }
    }

    init(id: Int64, at: Int64, _ author: Author, kind: String, subject: String, detail: String, before: String?, after: String?) {
        self.id = id
        self.at = at
        actor = author.actor
        self.kind = kind
        self.subject = subject
        self.detail = detail
        source = author.source
        request = author.request
        self.before = before
        self.after = after
    }
}
