internal import CNetlink

/// address_families(7), as libnl takes them.
enum Family {
    static let unspecified: Int32 = 0
    static let ipv4: Int32 = 2
    static let ipv6: Int32 = 10
    static let link: Int32 = 26  // AF_LLC, as libnl has hardware addresses
}

/// Parses `text` ("10.0.0.1", "10.0.0.0/8", "02:…") for one call.
func withAddress(_ text: String, family: Int32 = Family.unspecified, _ body: (OpaquePointer) -> Void) throws(NetlinkError) {
    var address: OpaquePointer?
    let result = unsafe nl_addr_parse(text, family, &address)
    guard result == 0, let address = unsafe address else { throw NetlinkError(operation: "read address", subject: text, code: result < 0 ? -result : 7) }  // NLE_INVAL
    defer { unsafe nl_addr_put(address) }
    unsafe body(address)
}

extension NetlinkSocket {
    /// IPv6 without duplicate detection: nobody else can be on the link.
    func addAddress(_ text: String, _ prefixLength: Int, to index: Int32) throws(NetlinkError) {
        guard let entry = unsafe rtnl_addr_alloc() else { throw NetlinkError(operation: "add address", subject: text, code: 5) }
        defer { unsafe rtnl_addr_put(entry) }
        unsafe rtnl_addr_set_ifindex(entry, index)
        try unsafe withAddress("\(text)/\(prefixLength)") { unsafe _ = rtnl_addr_set_local(entry, $0) }
        if text.contains(":") { unsafe rtnl_addr_set_flags(entry, 0x02) }  // IFA_F_NODAD
        try checked(unsafe rtnl_addr_add(handle, entry, 0), "add address", text)
    }

    /// Permanent: never asked for, never forgotten, not to be changed by what a guest says.
    func addNeighbour(_ text: String, _ mac: String, on index: Int32) throws(NetlinkError) {
        guard let entry = unsafe rtnl_neigh_alloc() else { throw NetlinkError(operation: "add neighbour", subject: text, code: 5) }
        defer { unsafe rtnl_neigh_put(entry) }
        unsafe rtnl_neigh_set_ifindex(entry, index)
        try unsafe withAddress(text) { unsafe _ = rtnl_neigh_set_dst(entry, $0) }
        try unsafe withAddress(mac, family: Family.link) { unsafe rtnl_neigh_set_lladdr(entry, $0) }
        unsafe rtnl_neigh_set_state(entry, 0x80)  // NUD_PERMANENT
        try checked(unsafe rtnl_neigh_add(handle, entry, 0x400), "add neighbour", text)  // NLM_F_CREATE
    }

    /// `gateway` nil: directly on the link. A gateway is taken to be on the link, whatever the addresses say.
    func addRoute(_ destination: String, via gateway: String?, on index: Int32) throws(NetlinkError) {
        guard let route = unsafe rtnl_route_alloc(), let hop = unsafe rtnl_route_nh_alloc() else { throw NetlinkError(operation: "add route", subject: destination, code: 5) }
        defer { unsafe rtnl_route_put(route) }  // and the hop with it
        unsafe rtnl_route_nh_set_ifindex(hop, index)
        if let gateway {
            try unsafe withAddress(gateway) { unsafe rtnl_route_nh_set_gateway(hop, $0) }
            unsafe rtnl_route_nh_set_flags(hop, 4)  // RTNH_F_ONLINK
        }
        unsafe rtnl_route_add_nexthop(route, hop)
        unsafe rtnl_route_set_family(route, UInt8(destination.contains(":") ? Family.ipv6 : Family.ipv4))
        unsafe rtnl_route_set_table(route, 254)  // main
        unsafe rtnl_route_set_protocol(route, 4)  // static
        unsafe rtnl_route_set_scope(route, gateway == nil && !destination.contains(":") ? 253 : 0)  // link, or universe
        try unsafe withAddress(destination) { unsafe _ = rtnl_route_set_dst(route, $0) }
        try checked(unsafe rtnl_route_add(handle, route, 0x400), "add route", destination)  // NLM_F_CREATE
    }
}
