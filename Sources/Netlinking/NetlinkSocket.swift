internal import CNetlink
internal import Glibc
package import Kernel

/// A libnl socket that this value owns. For one thread at a time. The kernel answers before a send returns, so nothing
/// here waits for longer than the kernel works.
@safe package struct NetlinkSocket: ~Copyable {
    package enum Family: Sendable {
        case route, netfilter
        var number: Int32 { self == .route ? NETLINK_ROUTE : NETLINK_NETFILTER }
    }

    private let handle: OpaquePointer

    /// In the calling thread's network namespace.
    package init(_ family: Family) throws(NetlinkError) {
        unsafe handle = try Self.open(family) { handle throws(NetlinkError) in unsafe nl_connect(handle, family.number) }
    }

    /// In another namespace, for good; no thread of the caller enters it.
    package init(_ family: Family, in namespace: borrowing NetworkNamespace) throws(NetlinkError) {
        unsafe handle = try Self.open(family) { handle throws(NetlinkError) in
            nonisolated(unsafe) let handle = unsafe handle  // nobody else knows it, and we wait
            do throws(KernelError) { return try namespace.run { unsafe nl_connect(handle, family.number) } } catch { throw .kernel(error) }
        }
    }

    deinit { unsafe nl_socket_free(handle) }

    private static func open(_ family: Family, connect: (OpaquePointer) throws(NetlinkError) -> Int32) throws(NetlinkError) -> OpaquePointer {
        guard let handle = unsafe nl_socket_alloc() else { throw .library(operation: "make", subject: "netlink socket", code: NLE_NOMEM, text: "out of memory") }
        do throws(NetlinkError) {
            let result = unsafe try connect(handle)
            guard result >= 0 else { throw libraryError(result, "open", "netlink socket (\(family))") }
        } catch {
            unsafe nl_socket_free(handle)
            throw error
        }
        // One read of 32 KiB holds whatever the kernel puts into one datagram; the default asks twice for each.
        unsafe nl_socket_disable_msg_peek(handle)
        _ = unsafe nl_socket_set_msg_buf_size(handle, 32768)
        var on: Int32 = 1
        for option in [NETLINK_EXT_ACK, NETLINK_CAP_ACK] {  // both only better the messages: not being known is no failure
            _ = unsafe setsockopt(nl_socket_get_fd(handle), SOL_NETLINK, option, &on, socklen_t(4))
        }
        return unsafe handle
    }

    /// One request and everything that the kernel answers to it, until it acknowledges, refuses, or ends its list.
    package func request(_ message: NetlinkMessage, _ operation: String, _ subject: String) throws(NetlinkError) -> [NetlinkReply] {
        let sequence = nextSequence()
        try send(message.encoded(sequence: sequence), operation, subject)
        var answers: [NetlinkReply] = []
        while true {
            for reply in try receive(operation, subject) where reply.sequence == sequence {
                // A list that changed while it was read may lack entries: the kernel says so, the caller asks again.
                if reply.flags & UInt16(NLM_F_DUMP_INTR) != 0 { throw .refused(operation: operation, subject: subject, code: EINTR, explanation: "it changed meanwhile") }
                if let outcome = reply.outcome {
                    guard outcome.code == 0 else { throw .refused(operation: operation, subject: subject, code: outcome.code, explanation: outcome.explanation) }
                    return answers
                }
                if reply.type == UInt16(NLMSG_DONE) {
                    let status: Int32 = NetlinkReply.integer(reply.payload) ?? 0
                    guard status >= 0 else { throw .refused(operation: operation, subject: subject, code: -status, explanation: nil) }
                    return answers
                }
                answers.append(reply)
            }
        }
    }

    /// Sends all at once: `messages` each ask to be acknowledged, `opening` and `closing` do not (an nfnetlink batch's begin
    /// and end). Throws the first refusal, also one of the batch as a whole.
    package func batch(opening: NetlinkMessage, _ messages: [NetlinkMessage], closing: NetlinkMessage, _ operation: String, _ subject: String) throws(NetlinkError) {
        let first = nextSequence()
        var bytes = opening.encoded(sequence: first)
        var expected: Set<UInt32> = []
        for message in messages {
            let sequence = nextSequence()
            expected.insert(sequence)
            bytes += message.encoded(sequence: sequence)
        }
        bytes += closing.encoded(sequence: nextSequence())
        try send(bytes, operation, subject)
        while !expected.isEmpty {
            for outcome in try receive(operation, subject).compactMap(\.outcome) where outcome.sequence == first || expected.remove(outcome.sequence) != nil {
                // What is still unread answers sequences that no later call waits for.
                if outcome.code != 0 { throw .refused(operation: operation, subject: subject, code: outcome.code, explanation: outcome.explanation) }
            }
        }
    }

    private func nextSequence() -> UInt32 { unsafe nl_socket_use_seq(handle) }

    private func send(_ bytes: [UInt8], _ operation: String, _ subject: String) throws(NetlinkError) {
        var bytes = bytes
        let count = bytes.count
        let result = unsafe bytes.withUnsafeMutableBytes { unsafe nl_sendto(handle, $0.baseAddress, count) }
        guard result >= 0 else { throw Self.libraryError(result, operation, subject) }
    }

    private func receive(_ operation: String, _ subject: String) throws(NetlinkError) -> [NetlinkReply] {
        var sender = sockaddr_nl()
        var buffer: UnsafeMutablePointer<UInt8>?
        let length = unsafe nl_recv(handle, &sender, &buffer, nil)
        defer { unsafe free(buffer) }
        guard length >= 0 else { throw Self.libraryError(length, operation, subject) }
        guard sender.nl_pid == 0 else { return [] }  // only the kernel is believed
        guard let replies = NetlinkReply.all(in: unsafe Array(UnsafeBufferPointer(start: buffer, count: Int(length)))) else { throw .malformed(operation: operation, subject: subject) }
        return replies
    }

    private static func libraryError(_ code: Int32, _ operation: String, _ subject: String) -> NetlinkError {
        .library(operation: operation, subject: subject, code: code, text: unsafe String(cString: nl_geterror(code)))
    }
}
