package import Domain
package import GRDB

/// That a tenant, or one of its VPSes, may not run.
package struct SuspensionRecord: Sendable, Equatable, FetchableRecord {
    package enum Extent: String, Sendable, CaseIterable {
        /// Of this VPS.
        case vps
        /// Of all that is the tenant's.
        case tenant
        /// Of all that is its reseller's.
        case reseller
    }

    package var extent: Extent
    package var reason: SuspensionReason
    /// In somebody's words; may be empty.
    package var detail: String
    package var since: Int64
    let tenantID: Int64
    let vpsID: String?

    /// As `tenant` may know it: what its reseller is told is the reseller's.
    func seen(from tenant: Int64) -> SuspensionRecord {
        guard tenantID != tenant else { return self }
        var seen = self
        (seen.extent, seen.detail) = (.reseller, "")
        return seen
    }

    package init(row: Row) throws {
        reason = try row.word("reason", SuspensionReason.init)
        detail = row["detail"]
        since = row["since"]
        tenantID = row["tenant_id"]
        vpsID = row["vps_id"]
        extent = vpsID == nil ? .tenant : .vps
    }
}

extension [SuspensionRecord] {
    /// Throws `Refusal.suspended` while one is left that is for another reason than these. `subject`: what is suspended.
    func refuse(_ subject: String, despite: Set<SuspensionReason> = []) throws {
        let standing = map(\.reason).filter { !despite.contains($0) }
        guard standing.isEmpty else { throw Refusal.suspended(subject, standing) }
    }

    /// "abuse, billing (invoice 17)"
    package var words: String { map { $0.detail.isEmpty ? $0.reason.rawValue : "\($0.reason.rawValue) (\($0.detail))" }.joined(separator: ", ") }
}
