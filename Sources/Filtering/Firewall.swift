internal import CNetlink
internal import Glibc
internal import Kernel

/// The platform's firewall table in the network namespace of the calling thread.
package struct Firewall: Sendable {
    package let ruleset: Ruleset
    private static let program = "/usr/sbin/nft"

    package init(_ ruleset: Ruleset) { self.ruleset = ruleset }

    /// Loads the rules; those of an earlier run are replaced in one step, admitted links stay admitted.
    package func load() throws(FilterError) { try nft(ruleset.text) }

    /// Already gone is success.
    package func remove() throws(FilterError) { try nft("add table inet \(ruleset.table)\ndelete table inet \(ruleset.table)\n") }

    /// Lets a VPS's packets pass, from before its link is up. Already so is success.
    package func admit(_ interface: String) throws(FilterError) { try send(.change(.add, [interface], table: ruleset.table, set: Ruleset.links), interface) }

    /// After its link is gone. Already so is success, and so is a table that is not there.
    package func revoke(_ interface: String) throws(FilterError) {
        do { try send(.change(.remove, [interface], table: ruleset.table, set: Ruleset.links), interface) } catch {
            if case .element(_, code: KernelError.noEntry) = error { return }
            throw error
        }
    }

    private func nft(_ commands: String) throws(FilterError) {
        var said: [String] = []
        let exit: Exit
        do { exit = try Program.run(Self.program, ["-f", "-"], input: Array(commands.utf8)) { said.append($0) } } catch { throw .kernel(error) }
        guard exit.isSuccess else { throw .refused(said.prefix(4).joined(separator: " ")) }
    }

    /// One write, then the answers: an error of the transaction, or the acknowledgement of its one change.
    private func send(_ batch: Batch, _ interface: String) throws(FilterError) {
        guard let socket = unsafe nl_socket_alloc() else { throw .socket(code: 5) }  // NLE_NOMEM
        defer { unsafe nl_socket_free(socket) }
        let connected = unsafe nl_connect(socket, 12)  // NETLINK_NETFILTER
        if connected < 0 { throw .socket(code: -connected) }
        var bytes = batch.bytes
        let count = bytes.count
        let sent = unsafe bytes.withUnsafeMutableBytes { unsafe nl_sendto(socket, $0.baseAddress, count) }
        if sent < 0 { throw .socket(code: -sent) }
        let code = try unsafe receiveAnswer(socket)
        if code != 0 { throw .element(interface, code: code) }
    }

    private func receiveAnswer(_ socket: OpaquePointer) throws(FilterError) -> Int32 {
        var sender = sockaddr_nl()
        var buffer: UnsafeMutablePointer<UInt8>?
        let length = unsafe nl_recv(socket, &sender, &buffer, nil)
        if length < 0 { throw .socket(code: -length) }
        defer { unsafe free(buffer) }
        // struct nlmsghdr (16 bytes), then struct nlmsgerr, which begins with −errno; 0 acknowledges.
        guard length >= 20, let buffer = unsafe buffer else { throw .socket(code: 0) }
        let error = unsafe UnsafeRawPointer(buffer).loadUnaligned(fromByteOffset: 16, as: Int32.self)
        return -error
    }
}
