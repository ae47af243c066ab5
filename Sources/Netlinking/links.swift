internal import CNetlink
internal import Kernel

extension NetlinkSocket {
    /// A veth(4) pair, born with one end in the guest's namespace: it is never seen under its name on the host.
    func addPair(hostName: String, hostMAC: String, guestName: String, guestMAC: String, guestNamespace: borrowing Descriptor) throws(NetlinkError) {
        guard let pair = unsafe rtnl_link_veth_alloc() else { throw NetlinkError(operation: "make", subject: hostName, code: 5) }
        defer { unsafe rtnl_link_veth_release(pair) }
        guard let peer = unsafe rtnl_link_veth_get_peer(pair) else { throw NetlinkError(operation: "make", subject: hostName, code: 5) }
        defer { unsafe rtnl_link_put(peer) }
        unsafe rtnl_link_set_name(pair, hostName)
        unsafe rtnl_link_set_name(peer, guestName)
        unsafe rtnl_link_set_ns_fd(peer, guestNamespace.number)
        try unsafe withAddress(hostMAC, family: Family.link) { unsafe rtnl_link_set_addr(pair, $0) }
        try unsafe withAddress(guestMAC, family: Family.link) { unsafe rtnl_link_set_addr(peer, $0) }
        try checked(unsafe rtnl_link_add(handle, pair, 0x400 | 0x200), "make link", hostName)  // NLM_F_CREATE | NLM_F_EXCL
    }

    /// Its peer goes with it. Already gone is success.
    package func deleteLink(_ name: String) throws(NetlinkError) {
        guard let link = unsafe rtnl_link_alloc() else { throw NetlinkError(operation: "delete", subject: name, code: 5) }
        defer { unsafe rtnl_link_put(link) }
        unsafe rtnl_link_set_name(link, name)
        let result = unsafe rtnl_link_delete(handle, link)
        if result == -NetlinkError.noDevice || result == -NetlinkError.notFound { return }
        try checked(result, "delete link", name)
    }

    package func index(of name: String) throws(NetlinkError) -> Int32 {
        var found: OpaquePointer?
        try checked(unsafe rtnl_link_get_kernel(handle, 0, name, &found), "find link", name)
        defer { unsafe rtnl_link_put(found) }
        return unsafe rtnl_link_get_ifindex(found)
    }

    func bringUp(_ index: Int32) throws(NetlinkError) {
        guard let old = unsafe rtnl_link_alloc(), let new = unsafe rtnl_link_alloc() else { throw NetlinkError(operation: "bring up", subject: "link \(index)", code: 5) }
        defer { unsafe rtnl_link_put(old); unsafe rtnl_link_put(new) }
        unsafe rtnl_link_set_ifindex(old, index)
        unsafe rtnl_link_set_flags(new, 1)  // IFF_UP
        try checked(unsafe rtnl_link_change(handle, old, new, 0), "bring up", "link \(index)")
    }

    /// The names of all links that begin with `prefix`, for finding what was left behind.
    package func links(withPrefix prefix: String) throws(NetlinkError) -> [String] {
        var cache: OpaquePointer?
        try checked(unsafe rtnl_link_alloc_cache(handle, 0, &cache), "list", "links")
        defer { unsafe nl_cache_free(cache) }
        var names: [String] = []
        var object = unsafe nl_cache_get_first(cache)
        while let one = unsafe object {
            if let name = unsafe rtnl_link_get_name(one), case let text = unsafe String(cString: name), text.hasPrefix(prefix) { names.append(text) }
            unsafe object = nl_cache_get_next(one)
        }
        return names
    }
}
