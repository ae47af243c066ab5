package import GRDB

package struct EventRecord: Sendable, Equatable, FetchableRecord {
    package var id: Int64
    package var at: Int64
    package var actor: String
    package var kind: String
    package var subject: String
    package var detail: String

    package init(row: Row) {
        id = row["id"]
        at = row["at"]
        actor = row["actor"]
        kind = row["kind"]
        subject = row["subject"]
        detail = row["detail"]
    }
}
