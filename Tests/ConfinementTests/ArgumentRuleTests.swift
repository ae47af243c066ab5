import CFilterProbe
import Foundation
import Testing
@testable import Confinement

private let isRoot = getuid() == 0

/// Written by hand, from what must be so rather than from the rules.
struct Row: CustomTestStringConvertible, Sendable {
    var what: String
    var number64: UInt32
    var number32: UInt32?
    var arguments: [UInt64]
    var standard: Probe.Answer
    var nesting: Probe.Answer

    init(_ what: String, _ number64: UInt32, _ number32: UInt32?, _ arguments: [UInt64], _ standard: Probe.Answer, nesting: Probe.Answer? = nil) {
        self.what = what
        self.number64 = number64
        self.number32 = number32
        self.arguments = arguments
        self.standard = standard
        self.nesting = nesting ?? standard
    }
    var testDescription: String { what }
}

private let high: UInt64 = 1 << 32
private let rows: [Row] = [
    Row("a unix socket", 41, 359, [1, 1, 0], .allowed),
    Row("a TCP socket", 41, 359, [2, 1, 6], .allowed),
    Row("a UDP socket over IPv6", 41, 359, [10, 2, 17], .allowed),
    Row("ping's raw socket", 41, 359, [2, 3, 1], .allowed),
    Row("a packet socket (tcpdump)", 41, 359, [17, 3, 0x300], .allowed),
    Row("NETLINK_ROUTE", 41, 359, [16, 3, 0], .allowed),
    Row("NETLINK_NETFILTER", 41, 359, [16, 3, 12], .allowed),
    Row("NETLINK_KOBJECT_UEVENT", 41, 359, [16, 3, 15], .allowed),
    Row("NETLINK_XFRM", 41, 359, [16, 3, 6], .errno(93)),
    Row("NETLINK_XFRM with a high bit set", 41, nil, [16, 3, 6 | high], .errno(93)),
    Row("NETLINK_CRYPTO", 41, 359, [16, 3, 21], .errno(93)),
    Row("AF_ALG", 41, 359, [38, 5, 0], .errno(97)),
    Row("AF_ALG with a high bit set", 41, nil, [38 | high, 5, 0], .errno(97)),
    Row("AF_RXRPC", 41, 359, [33, 2, 2], .errno(97)),
    Row("AF_KEY", 41, 359, [15, 3, 2], .errno(97)),
    Row("AF_VSOCK", 41, 359, [40, 1, 0], .errno(97)),
    Row("AF_TIPC", 41, 359, [30, 5, 0], .errno(97)),
    Row("AF_CAN", 41, 359, [29, 3, 1], .errno(97)),
    Row("AF_XDP", 41, 359, [44, 3, 0], .errno(97)),
    Row("an unknown family", 41, 359, [200, 1, 0], .errno(97)),
    Row("SCTP", 41, 359, [2, 1, 132], .errno(93)),
    Row("DCCP over IPv6", 41, 359, [10, 6, 33], .errno(93)),
    Row("a pair of unix sockets", 53, 360, [1, 1, 0], .allowed),
    Row("a pair of AF_ALG", 53, 360, [38, 5, 0], .errno(97)),
    Row("TCP_ULP", 54, 366, [3, 6, 31], .errno(92)),
    Row("TCP_NODELAY", 54, 366, [3, 6, 1], .allowed),
    Row("SO_REUSEADDR", 54, 366, [3, 1, 2], .allowed),
    Row("IP_XFRM_POLICY", 54, 366, [3, 0, 17], .errno(92)),
    Row("IPV6_XFRM_POLICY", 54, 366, [3, 41, 35], .errno(92)),
    Row("fork by clone", 56, 120, [0x0120_0011], .allowed),
    Row("a thread by clone", 56, 120, [0x3D0F00], .allowed),
    Row("clone into a pid namespace", 56, 120, [0x2000_0011], .allowed),
    Row("clone into a user namespace", 56, 120, [0x1000_0011], .errno(1), nesting: .allowed),
    Row("clone into a user namespace with a high bit set", 56, nil, [0x1000_0011 | high], .errno(1), nesting: .allowed),
    Row("unshare a mount namespace", 272, 310, [0x2_0000], .allowed),
    Row("unshare a user namespace", 272, 310, [0x1000_0000], .errno(1), nesting: .allowed),
    Row("unshare a user and a mount namespace", 272, 310, [0x1002_0000], .errno(1), nesting: .allowed),
    Row("clone3", 435, 435, [0, 88], .errno(38)),
    Row("TIOCSTI", 16, 54, [0, 0x5412], .errno(1)),
    Row("TIOCSTI with a high bit set", 16, nil, [0, 0x5412 | high], .errno(1)),
    Row("TIOCLINUX", 16, 54, [0, 0x541C], .errno(1)),
    Row("TIOCGWINSZ", 16, 54, [0, 0x5413], .allowed),
    Row("a sign-extended ioctl", 16, nil, [0, 0xFFFF_FFFF_8004_5430], .allowed),
    Row("PER_LINUX32", 135, 136, [8], .allowed),
    Row("asking for the personality", 135, 136, [0xFFFF_FFFF], .allowed),
    Row("READ_IMPLIES_EXEC", 135, 136, [0x40_0000], .errno(1)),
    Row("FUTEX_WAIT", 202, 240, [0, 0], .allowed),
    Row("FUTEX_LOCK_PI", 202, 240, [0, 6 | 128], .allowed),
    Row("FUTEX_WAIT_REQUEUE_PI", 202, 240, [0, 11], .errno(38)),
    Row("FUTEX_WAIT_REQUEUE_PI, private, real time", 202, 422, [0, 11 | 128 | 256], .errno(38)),
    Row("FUTEX_CMP_REQUEUE_PI", 202, 240, [0, 12 | 128], .errno(38)),
    Row("io_uring_setup", 425, 425, [], .errno(1)),
    Row("bpf", 321, 357, [], .errno(1)),
    Row("userfaultfd", 323, 374, [], .errno(1)),
    Row("perf_event_open", 298, 336, [], .errno(1)),
    Row("open_by_handle_at", 304, 342, [], .errno(1)),
    Row("init_module", 175, 128, [], .errno(1)),
    Row("kexec_load", 246, 283, [], .errno(1)),
    Row("syslog", 103, 103, [], .errno(1)),
    Row("settimeofday", 164, 79, [], .errno(1)),
    Row("clock_settime", 227, 264, [], .errno(1)),
    Row("keyctl", 250, 288, [], .errno(38)),
    Row("add_key", 248, 286, [], .errno(38)),
    Row("reboot", 169, 88, [], .allowed),
    Row("mount", 165, 21, [], .allowed),
    Row("setns", 308, 346, [], .allowed),
    Row("open_tree_attr, younger than the list", 467, 467, [], .errno(38)),
]

@Suite struct AnArgumentRule {
    @Test(.enabled(if: isRoot, "needs CAP_SYS_ADMIN"), arguments: rows) func holdsInBothABIsAndInBothProfiles(row: Row) throws {
        for (nesting, expected) in [(false, row.standard), (true, row.nesting)] {
            var probes = [Probe(abi: .x86_64, number: row.number64, arguments: row.arguments), Probe(abi: .x32, number: row.number64, arguments: row.arguments)]
            if let number = row.number32 { probes.append(Probe(abi: .i386, number: number, arguments: row.arguments)) }
            let answers = try Probe.ask(probes, under: try SyscallFilter.standard(nesting: nesting))
            #expect(answers[0] == expected)
            #expect(answers[1] == .errno(38), "x32")
            if answers.count > 2 { #expect(answers[2] == expected, "i386") }
        }
    }

    /// The numbers of linux/net.h: 1 socket … 20 sendmmsg. The pointer is whatever a program likes.
    @Test(.enabled(if: isRoot, "needs CAP_SYS_ADMIN"), arguments: [0, 1, 2, 38, 0x7FFF_0000] as [UInt64]) func letsSocketcallMakeNoSocketWhateverItsPointerIs(pointer: UInt64) throws {
        let probes = (0...24).map { Probe(abi: .i386, number: 102, arguments: [UInt64($0), pointer, pointer]) }
        let answers = try Probe.ask(probes, under: try SyscallFilter.standard(nesting: true))
        for (call, answer) in answers.enumerated() {
            #expect(answer == ([1, 8, 14].contains(call) ? .errno(38) : .allowed), "socketcall(\(call))")
        }
    }
}
