internal import CNetlink

/// A route of the main table.
package struct Route: Sendable, Equatable {
    package enum Destination: Sendable, Equatable {
        case all4, all6
        case prefix(IPAddress, length: Int)
    }
    package var destination: Destination
    /// Reached directly, whatever the interface's own addresses (`onlink`). Nil: the destination itself is on the link.
    package var gateway: IPAddress?

    package init(to destination: Destination, via gateway: IPAddress? = nil) {
        self.destination = destination
        self.gateway = gateway
    }

    /// `struct rtmsg`.
    package func message(index: UInt32) -> NetlinkMessage {
        let (family, length) = familyAndLength
        let scope = gateway == nil && family == UInt8(AF_INET) ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE
        let onlink = gateway == nil ? 0 : UInt32(RTNH_F_ONLINK)
        let fixed = [family, length, 0, 0, UInt8(RT_TABLE_MAIN.rawValue), UInt8(RTPROT_STATIC), UInt8(scope.rawValue), UInt8(RTN_UNICAST)] + native(onlink)
        var message = NetlinkMessage(type: RTM_NEWROUTE, flags: NLM_F_CREATE | NLM_F_REPLACE | NLM_F_ACK, fixed: fixed)
        if case .prefix(let address, _) = destination { message.attribute(Int(RTA_DST.rawValue), address.bytes) }
        if let gateway { message.attribute(Int(RTA_GATEWAY.rawValue), gateway.bytes) }
        message.attribute(Int(RTA_OIF.rawValue), index)
        return message
    }

    private var familyAndLength: (UInt8, UInt8) {
        switch destination {
        case .all4: (UInt8(AF_INET), 0)
        case .all6: (UInt8(AF_INET6), 0)
        case .prefix(let address, let length): (address.family, UInt8(length))
        }
    }
}

extension NetlinkSocket {
    /// The interface must be up. A route to the same destination is replaced.
    package func add(_ route: Route, index: UInt32) throws(NetlinkError) {
        _ = try request(route.message(index: index), "add route", "\(route.destination)")
    }
}
