/// The guest's addresses. Each IPv4 address is a /32; with each IPv6 address its whole /64 is routed to the guest.
package struct GuestAddresses: Sendable, Equatable {
    package var ipv4: [IPv4Address]
    package var ipv6: [IPv6Address]

    package init(ipv4: [IPv4Address] = [], ipv6: [IPv6Address] = []) {
        self.ipv4 = ipv4
        self.ipv6 = ipv6
    }
}

/// Everything that makes one VPS's link, in the order in which it is done. Pure: equal input, equal plan.
package struct GuestLinkPlan: Sendable, Equatable {
    package enum Side: Sendable, Equatable { case host, guest, guestLoopback }

    package enum Step: Sendable, Equatable {
        case createPair(PairRequest)
        /// On the host's end.
        case set(LinkSetting)
        case setUp(Side)
        case awaitOperation(Side)
        case addAddress(AddressAssignment, Side)
        case addNeighbour(Neighbour, Side)
        case addRoute(Route, Side)
    }

    package let name: InterfaceName
    package let guestHardware: MACAddress
    package let addresses: GuestAddresses
    package let steps: [Step]

    /// The same on every link, as no link sees another.
    package static let gateway4 = IPv4Address(169, 254, 1, 1)
    package static let gateway6 = IPv6Address("fe80::1")!  // a constant that parses

    /// `id`: the VPS's, ten characters. Nil: the id makes no interface name. `maximumTransmissionUnit` in bytes: the
    /// uplink's, if that is below 1500.
    package init?(id: String, prefix: InterfacePrefix, addresses: GuestAddresses, maximumTransmissionUnit: UInt32 = 1500) {
        guard let name = InterfaceName(prefix: prefix, id: id) else { return nil }
        let pair = PairRequest(
            name: name, address: MACAddress(derivedFrom: "host \(id)"), peerName: .guest, peerAddress: MACAddress(derivedFrom: "guest \(id)"),
            maximumTransmissionUnit: maximumTransmissionUnit)
        self.name = name
        guestHardware = pair.peerAddress
        self.addresses = addresses
        steps = Self.hostBeforeUp(pair, addresses) + Self.guest(pair, addresses) + Self.hostUp(pair, addresses)
    }

    /// The IPv6 addresses from which the guest may ask for its gateway, as the host has an entry for each that asking does
    /// not change: its link-local one, and its own, as Linux asks from the address that it wants to send from.
    package var settledNeighbours6: [IPv6Address] { Self.settledNeighbours6(addresses, guestHardware) }

    private static func settledNeighbours6(_ addresses: GuestAddresses, _ hardware: MACAddress) -> [IPv6Address] {
        addresses.ipv6.isEmpty ? [] : [hardware.linkLocalAddress] + addresses.ipv6
    }

    // The settings stand before the link is up, so that no frame is ever judged by the host's defaults.
    private static func hostBeforeUp(_ pair: PairRequest, _ addresses: GuestAddresses) -> [Step] {
        var steps: [Step] = [.createPair(pair)]
        steps += HostEndSettings.ipv4.map(Step.set)
        steps += (addresses.ipv6.isEmpty ? HostEndSettings.noIPv6 : HostEndSettings.ipv6).map(Step.set)
        steps.append(.addAddress(AddressAssignment(.v4(gateway4), prefixLength: 32, scope: .link), .host))
        if !addresses.ipv6.isEmpty { steps.append(.addAddress(AddressAssignment(.v6(gateway6), prefixLength: 64, scope: .link), .host)) }
        return steps
    }

    // The guest's side first: when the host's end goes up, the whole path is there at once. Routes need an interface that is
    // up; a neighbour entry survives going up, not going down.
    private static func guest(_ pair: PairRequest, _ addresses: GuestAddresses) -> [Step] {
        var steps: [Step] = [.setUp(.guestLoopback)]
        steps += addresses.ipv4.map { .addAddress(AddressAssignment(.v4($0), prefixLength: 32), .guest) }
        steps += addresses.ipv6.map { .addAddress(AddressAssignment(.v6($0), prefixLength: 128), .guest) }
        steps.append(.setUp(.guest))
        if !addresses.ipv4.isEmpty {
            steps.append(.addNeighbour(Neighbour(.v4(gateway4), is: pair.address), .guest))
            steps.append(.addRoute(Route(to: .all4, via: .v4(gateway4)), .guest))
        }
        if !addresses.ipv6.isEmpty {
            steps.append(.addNeighbour(Neighbour(.v6(gateway6), is: pair.address), .guest))
            steps.append(.addRoute(Route(to: .all6, via: .v6(gateway6)), .guest))
        }
        return steps
    }

    // A prefix is routed to the guest's link-local address, not onto the link: else each of its 2^64 addresses that anybody
    // outside asks for would become an entry in the host's neighbour table.
    private static func hostUp(_ pair: PairRequest, _ addresses: GuestAddresses) -> [Step] {
        let nextHop = IPAddress.v6(pair.peerAddress.linkLocalAddress)
        var steps = addresses.ipv4.map { Step.addNeighbour(Neighbour(.v4($0), is: pair.peerAddress), .host) }
        steps += settledNeighbours6(addresses, pair.peerAddress).map { .addNeighbour(Neighbour(.v6($0), is: pair.peerAddress), .host) }
        steps.append(.setUp(.host))
        steps += addresses.ipv4.map { .addRoute(Route(to: .prefix(.v4($0), length: 32)), .host) }
        steps += addresses.ipv6.map { .addRoute(Route(to: .prefix(.v6($0.prefix64), length: 64), via: nextHop), .host) }
        steps.append(.awaitOperation(.guest))
        return steps
    }
}
