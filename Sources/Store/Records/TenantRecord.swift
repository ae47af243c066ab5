package import Domain
package import GRDB

package struct TenantRecord: Sendable, Equatable, FetchableRecord {
    package var id: Int64
    package var name: String
    package var externalID: String?
    package var createdAt: Int64
    package var ceilings = Ceilings()
    package var usage = Quantities()
    /// Those of all that is its own.
    package var suspensions: [SuspensionRecord] = []

    /// What was done up to these was another's, who had the name before.
    let eventsAfter: Int64
    let operationsAfter: Int64

    package init(row: Row) {
        id = row["id"]
        name = row["name"]
        externalID = row["external_id"]
        createdAt = row["created_at"]
        eventsAfter = row["events_after"]
        operationsAfter = row["operations_after"]
    }
}
