internal import CNetlink

/// Who has this address on the link, settled: never asked for, never changed by what the other side says (NUD_PERMANENT).
package struct Neighbour: Sendable, Equatable {
    package var address: IPAddress
    package var hardware: MACAddress

    package init(_ address: IPAddress, is hardware: MACAddress) {
        self.address = address
        self.hardware = hardware
    }

    /// `struct ndmsg`.
    package func message(index: UInt32) -> NetlinkMessage {
        let fixed = [address.family, 0, 0, 0] + native(index) + native(UInt16(NUD_PERMANENT)) + [0, UInt8(RTN_UNICAST)]
        var message = NetlinkMessage(type: RTM_NEWNEIGH, flags: NLM_F_CREATE | NLM_F_REPLACE | NLM_F_ACK, fixed: fixed)
        message.attribute(Int(NDA_DST), address.bytes)
        message.attribute(Int(NDA_LLADDR), hardware.bytes)
        return message
    }
}

extension NetlinkSocket {
    /// Lost when the interface is set down.
    package func add(_ neighbour: Neighbour, index: UInt32) throws(NetlinkError) {
        _ = try request(neighbour.message(index: index), "add neighbour", "\(neighbour.address)")
    }
}
