package import Domain
package import GRDB

/// That a tenant, or one of its VPSes, may not run.
package struct SuspensionRecord: Sendable, Equatable, FetchableRecord {
    /// Else of all that is the tenant's.
    package var isOfOneVPS: Bool { vpsID != nil }
    package var reason: SuspensionReason
    /// In somebody's words; may be empty.
    package var detail: String
    package var since: Int64
    let tenantID: Int64
    let vpsID: String?

    package init(row: Row) throws {
        reason = try row.word("reason", SuspensionReason.init)
        detail = row["detail"]
        since = row["since"]
        tenantID = row["tenant_id"]
        vpsID = row["vps_id"]
    }
}

extension [SuspensionRecord] {
    /// "abuse, billing (invoice 17)"
    package var words: String { map { $0.detail.isEmpty ? $0.reason.rawValue : "\($0.reason.rawValue) (\($0.detail))" }.joined(separator: ", ") }
}
