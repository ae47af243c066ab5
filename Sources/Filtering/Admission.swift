package import Netlinking

/// What the firewall knows of one VPS: its link and the sources that may come from it.
package struct Admission: Sendable, Equatable {
    package var link: InterfaceName
    package var sources4: [IPv4Address]
    /// First addresses of /64s.
    package var sources6: [IPv6Address]
    /// Addresses from which the guest may ask for its gateway.
    package var neighbours6: [IPv6Address]

    package init(_ plan: GuestLinkPlan) {
        link = plan.name
        sources4 = plan.addresses.ipv4
        sources6 = plan.addresses.ipv6.map(\.prefix64)
        neighbours6 = plan.settledNeighbours6
    }

    package var elements: [SetElement] {
        sources4.map { SetElement(.source4, link.text, $0.bytes) } + sources6.map { SetElement(.source6, link.text, $0.bytes) }
            + neighbours6.map { SetElement(.neighbour6, link.text, $0.bytes) } + [SetElement(.links, link.text)]
    }
}
