package import GRDB
package import NodeModel

/// That a VPS had an address, from when to when.
package struct HoldingRecord: Sendable, Equatable, FetchableRecord {
    package var address: VPSSpecification.Address
    package var tenant: String
    package var vps: String
    package var vpsID: String
    package var leasedAt: Int64
    /// Nil: it has it still.
    package var releasedAt: Int64?

    package init(row: Row) {
        address = VPSSpecification.Address(family: row["family"] == "ipv4" ? .ipv4 : .ipv6, address: row["address"], prefixLength: row["prefix_length"])
        tenant = row["tenant"]
        vps = row["vps"]
        vpsID = row["vps_id"]
        leasedAt = row["leased_at"]
        releasedAt = row["released_at"]
    }
}
