package import Domain
package import GRDB
package import NodeModel

package struct NodeRecord: Sendable, Equatable, FetchableRecord {
    package var id: Int64
    package var name: String
    package var capacity: NodeCapacity
    /// Nil: it has never been reached.
    package var observedAt: Int64?

    package init(row: Row) {
        id = row["id"]
        name = row["name"]
        capacity = NodeCapacity(
            hostname: row["hostname"], version: row["version"], kernel: row["kernel"], cgroupVersion: row["cgroup_version"], cpuMillicores: row["cpu_millicores"],
            memoryBytes: row["memory_bytes"], poolBytes: row["pool_bytes"], poolFreeBytes: row["pool_free_bytes"])
        observedAt = row["observed_at"]
    }
    /// What of it may be sold.
    package func sellable(_ ratios: OvercommitRatios) -> Quantities {
        Domain.sellable(Quantities(cpuMillicores: capacity.cpuMillicores, memoryBytes: capacity.memoryBytes, diskBytes: capacity.poolBytes), ratios)
    }
}
