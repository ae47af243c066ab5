package import Domain
package import GRDB
package import NodeModel

package struct OperationRecord: Sendable, Equatable, FetchableRecord {
    package enum Kind: String, Sendable, CaseIterable {
        case create = "vps.create"
        case start = "vps.start"
        case stop = "vps.stop"
        case restart = "vps.restart"
        case change = "vps.change"
        case delete = "vps.delete"
        case buildTemplate = "template.build"
    }
    package enum Status: String, Sendable { case pending, succeeded, failed }

    /// Counts up.
    package var number: Int64
    package var id: String
    package var kind: Kind
    package var subject: String
    package var vpsID: VPSID?
    package var graceSeconds: Int
    package var status: Status
    package var message: String
    package var failure: Failure?
    package var createdAt: Int64
    package var finishedAt: Int64?

    /// What `subject` names. Nil: no VPS, but a template.
    package var vpsNames: (tenant: Name, name: Name)? {
        get throws {
            guard vpsID != nil, let slash = subject.firstIndex(of: "/") else { return nil }
            return (try Name(String(subject[..<slash])), try Name(String(subject[subject.index(after: slash)...])))
        }
    }

    /// `code` is one of the API's problem codes.
    package struct Failure: Sendable, Equatable {
        package var code: String
        package var detail: String

        package init(code: String, detail: String) {
            self.code = code
            self.detail = detail
        }
    }

    package init(row: Row) throws {
        number = row["number"]
        id = row["id"]
        kind = try row.word("kind", Kind.init)
        subject = row["subject"]
        vpsID = (row["vps_id"] as String?).flatMap(VPSID.init)
        graceSeconds = row["grace_seconds"]
        status = try row.word("status", Status.init)
        message = row["message"]
        failure = (row["error_code"] as String?).map { Failure(code: $0, detail: row["error_detail"] ?? "") }
        createdAt = row["created_at"]
        finishedAt = row["finished_at"]
    }
}
