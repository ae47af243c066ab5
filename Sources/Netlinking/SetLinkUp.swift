internal import CNetlink

extension NetlinkSocket {
    package func setUp(index: UInt32) throws(NetlinkError) {
        let up: UInt32 = 1  // IFF_UP, net/if.h
        let message = NetlinkMessage(type: RTM_NEWLINK, flags: NLM_F_ACK, fixed: linkHeader(index: index, flags: up, change: up))
        _ = try request(message, "set up link", "number \(index)")
    }
}
