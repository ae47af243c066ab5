package import GRDB
package import NodeModel

package struct LeaseRecord: Sendable, Equatable, FetchableRecord {
    package var vpsID: String
    package var address: VPSSpecification.Address
    package var leasedAt: Int64
    /// Whose it is, where the read joins them.
    package var tenant: String?
    package var vps: String?

    package init(row: Row) throws {
        vpsID = row["vps_id"]
        address = VPSSpecification.Address(family: row["family"] == "ipv4" ? .ipv4 : .ipv6, address: row["address"], prefixLength: row["prefix_length"])
        leasedAt = row["leased_at"]
        tenant = row["tenant"]
        vps = row["vps"]
    }
}
