internal import CNetlink
package import Kernel

/// A NETLINK_ROUTE socket (rtnetlink(7)). It belongs to the network namespace in which it was opened, wherever it is used.
@safe package struct NetlinkSocket: ~Copyable {
    let handle: OpaquePointer

    package init() throws(NetlinkError) { unsafe handle = try Self.opened() }

    /// In the network namespace `namespace`; the calling thread is there for the opening only.
    package init(in namespace: borrowing Descriptor) throws {
        unsafe handle = try namespace.insideNetwork { try unsafe Self.opened() }
    }

    deinit { unsafe nl_socket_free(handle) }

    private static func opened() throws(NetlinkError) -> OpaquePointer {
        guard let socket = unsafe nl_socket_alloc() else { throw NetlinkError(operation: "make", subject: "a netlink socket", code: 5) }  // NLE_NOMEM
        let result = unsafe nl_connect(socket, 0)  // NETLINK_ROUTE
        if result < 0 { unsafe nl_socket_free(socket) }
        try checked(result, "open", "a netlink socket")
        return unsafe socket
    }
}
