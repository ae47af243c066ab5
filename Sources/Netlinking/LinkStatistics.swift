/// Counters of an interface since it was made. Seen from the host's end of a pair: `received` is what the guest sent.
package struct LinkStatistics: Sendable, Equatable {
    package var receivedPackets: UInt64
    package var sentPackets: UInt64
    package var receivedBytes: UInt64
    package var sentBytes: UInt64

    /// The beginning of `struct rtnl_link_stats64`.
    init?(_ bytes: [UInt8]) {
        func counter(_ index: Int) -> UInt64? { NetlinkReply.integer(bytes.dropFirst(index * 8)) }
        guard let receivedPackets = counter(0), let sentPackets = counter(1), let receivedBytes = counter(2), let sentBytes = counter(3) else { return nil }
        self.receivedPackets = receivedPackets
        self.sentPackets = sentPackets
        self.receivedBytes = receivedBytes
        self.sentBytes = sentBytes
    }
}

extension NetlinkSocket {
    /// Nil: there is no such link (any more).
    package func statistics(of name: InterfaceName) throws(NetlinkError) -> LinkStatistics? {
        guard let link = try link(named: name) else { return nil }
        guard let statistics = link.statistics else { throw .malformed(operation: "read the counters of link", subject: name.text) }
        return statistics
    }
}
