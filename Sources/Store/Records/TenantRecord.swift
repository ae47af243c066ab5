package import Domain
package import GRDB

package struct TenantRecord: Sendable, Equatable, FetchableRecord {
    package var id: Int64
    package var name: String
    package var externalID: String?
    package var createdAt: Int64
    /// Whether it owns tenants, or may.
    package var isReseller: Bool
    /// Whose customer it is. Nil: the platform's own.
    package var reseller: String?
    package var ceilings = Ceilings()
    /// A reseller's: with that of its tenants.
    package var usage = Quantities()
    /// Those of all that is its own, and its reseller's.
    package var suspensions: [SuspensionRecord] = []

    /// Another for each tenant that ever has the name.
    package var incarnation: Int64 { eventsAfter }

    /// What was done up to these was another's, who had the name before.
    let eventsAfter: Int64
    let operationsAfter: Int64
    let resellerID: Int64?

    static let selection = "SELECT t.*, r.name AS reseller FROM tenants t LEFT JOIN tenants r ON r.id = t.reseller_id"

    package init(row: Row) {
        id = row["id"]
        name = row["name"]
        externalID = row["external_id"]
        createdAt = row["created_at"]
        isReseller = row["is_reseller"]
        reseller = row["reseller"]
        resellerID = row["reseller_id"]
        eventsAfter = row["events_after"]
        operationsAfter = row["operations_after"]
    }
}
