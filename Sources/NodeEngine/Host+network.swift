internal import Filtering
internal import Kernel
internal import Netlinking
internal import NodeModel

extension Host {
    static func ruleset(_ layout: Layout) throws -> BaseRuleset {
        guard let table = TableName(layout.table) else { throw NodeProblem(.invalid, "node.table: \(layout.table) cannot name a firewall table") }
        guard let prefix = InterfacePrefix(layout.interfacePrefix) else { throw NodeProblem(.invalid, "node.interfacePrefix: \(layout.interfacePrefix) cannot begin an interface's name") }
        let pools4 = layout.ipv4Pools.compactMap { IPv4Prefix($0) }, pools6 = layout.ipv6Pools.compactMap { IPv6Prefix($0) }
        guard pools4.count == layout.ipv4Pools.count, pools6.count == layout.ipv6Pools.count else { throw NodeProblem(.invalid, "addresses: each pool is a network in CIDR notation") }
        return BaseRuleset(table: table, prefix: prefix, pools4: pools4, pools6: pools6)
    }

    /// The filter before the link, so that no packet passes unfiltered (and after it in `detachNetwork`).
    func attachNetwork(_ specification: VPSSpecification, pid: Int32) throws {
        let plan = try linkPlan(specification)
        try Firewall(ruleset.table).admit(Admission(plan))
        try plan.attach(host: NetlinkSocket(.route), guest: NetworkNamespace.of(pid: pid))
    }

    /// Already gone is success; what does not go is found again at the next start of this VPS, or of the node.
    func detachNetwork(_ id: VPSID) {
        guard let name = InterfaceName(prefix: ruleset.prefix, id: id.text) else { return }  // always a name: the prefix was checked
        if let socket = try? NetlinkSocket(.route) { try? GuestLinkPlan.detach(name, host: socket) }  // as the comment above says
        if let firewall = try? Firewall(ruleset.table) { try? firewall.revoke(link: name) }  // likewise
    }

    /// For a VPS that runs already: its link is there as long as it is.
    func readmitNetwork(_ specification: VPSSpecification) throws { try Firewall(ruleset.table).admit(Admission(try linkPlan(specification))) }

    private func linkPlan(_ specification: VPSSpecification) throws -> GuestLinkPlan {
        guard let plan = GuestLinkPlan(id: specification.id.text, prefix: ruleset.prefix, addresses: try specification.guestAddresses()) else {
            throw NodeProblem(.invalid, "VPS \(specification.id): its id makes no name of an interface")
        }
        return plan
    }
}
