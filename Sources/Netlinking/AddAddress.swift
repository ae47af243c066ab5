internal import CNetlink

/// An interface's own address.
package struct AddressAssignment: Sendable, Equatable {
    package enum Scope: Sendable, Equatable { case everywhere, link }
    package var address: IPAddress
    package var prefixLength: Int
    package var scope: Scope

    package init(_ address: IPAddress, prefixLength: Int, scope: Scope = .everywhere) {
        self.address = address
        self.prefixLength = prefixLength
        self.scope = scope
    }

    /// `struct ifaddrmsg`. IPv6 without duplicate address detection: nobody else is on the wire, and it would take a second.
    package func message(index: UInt32) -> NetlinkMessage {
        let flags: UInt8
        switch address {
        case .v4: flags = 0
        case .v6: flags = UInt8(IFA_F_NODAD)
        }
        let kernelScope = scope == .link ? UInt8(RT_SCOPE_LINK.rawValue) : UInt8(RT_SCOPE_UNIVERSE.rawValue)
        var message = NetlinkMessage(type: RTM_NEWADDR, flags: NLM_F_CREATE | NLM_F_REPLACE | NLM_F_ACK, fixed: [address.family, UInt8(prefixLength), flags, kernelScope] + native(index))
        message.attribute(Int(IFA_LOCAL), address.bytes)
        message.attribute(Int(IFA_ADDRESS), address.bytes)
        return message
    }
}

extension NetlinkSocket {
    /// Already there is success.
    package func add(_ assignment: AddressAssignment, index: UInt32) throws(NetlinkError) {
        _ = try request(assignment.message(index: index), "add address", "\(assignment.address)/\(assignment.prefixLength)")
    }
}
