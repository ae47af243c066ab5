package import Domain
package import GRDB

package struct PlanRecord: Sendable, Equatable, FetchableRecord {
    package var id: Int64
    package var name: String
    package var terms: PlanTerms
    package var createdAt: Int64

    package init(row: Row) {
        id = row["id"]
        name = row["name"]
        terms = PlanTerms(row: row)
        createdAt = row["created_at"]
    }
}

extension PlanTerms {
    /// From the columns of the same names, in a plan as in a VPS.
    init(row: Row) {
        self.init(
            cpuMillicores: row["cpu_millicores"], memoryBytes: row["memory_bytes"], swapBytes: row["swap_bytes"], diskBytes: row["disk_bytes"],
            processes: row["processes"], nesting: row["nesting"])
    }
}
