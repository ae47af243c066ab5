internal import Filtering
internal import Kernel
internal import Netlinking
internal import NodeModel

extension Host {
    /// The filter before the link, so that no packet passes unfiltered (and after it in `detachNetwork`).
    func attachNetwork(_ specification: VPSSpecification, pid: Int32) throws {
        let link = link(specification)
        try firewall.admit(link.hostName)
        try NetlinkSocket().attach(link, to: try Descriptor.networkNamespace(ofProcess: pid))
    }

    /// Already gone is success; what does not go is found again at the next start of this VPS, or of the node.
    func detachNetwork(_ id: VPSID) {
        let name = layout.interface(id)
        if let socket = try? NetlinkSocket() { try? socket.deleteLink(name) }  // as the comment above says
        try? firewall.revoke(name)  // likewise
    }

    /// For a VPS that runs already: its link is there as long as it is.
    func readmitNetwork(_ specification: VPSSpecification) throws { try firewall.admit(layout.interface(specification.id)) }

    private func link(_ specification: VPSSpecification) -> GuestLink {
        let ipv4 = specification.addresses.first { $0.family == .ipv4 }
        let ipv6 = specification.addresses.first { $0.family == .ipv6 }
        return GuestLink(hostName: layout.interface(specification.id), ipv4: ipv4?.address, ipv6: ipv6?.address, ipv6PrefixLength: ipv6?.prefixLength ?? 64)
    }
}
