/// Refusals of allowed system calls by what they are asked to do. Only the low 32 bits of an argument are compared:
/// for each call here the kernel itself looks at no more, and a filter that compares 64 is passed by setting bit 32.
struct ArgumentRule: Sendable {
    struct Condition: Sendable {
        var argument: Int
        var mask: UInt32 = .max
        var values: [UInt32]
        var isIn: Bool

        static func argument(_ index: Int, mask: UInt32 = .max, isOneOf values: UInt32...) -> Condition { Condition(argument: index, mask: mask, values: values, isIn: true) }
        static func argument(_ index: Int, mask: UInt32 = .max, isNoneOf values: UInt32...) -> Condition { Condition(argument: index, mask: mask, values: values, isIn: false) }
    }

    let reason: String
    let calls: [String]
    var abis = ABI.allCases
    let errno: UInt16
    /// The call is refused when all hold; always, when there are none.
    let conditions: [Condition]
}

enum ArgumentRules {
    static func guest(nesting: Bool) -> [ArgumentRule] { (nesting ? [] : userNamespaces) + sockets + socketOptions + others }

    private static let newUserNamespace: UInt32 = 0x1000_0000
    /// `clone3` does not exist in a guest, so every way to a new user namespace is here.
    private static let userNamespaces = [
        ArgumentRule(reason: "a nested user namespace is capable over kernel code that unprivileged users do not reach", calls: ["clone", "unshare"], errno: Errno.notPermitted,
            conditions: [.argument(0, mask: newUserNamespace, isOneOf: newUserNamespace)])
    ]

    private static let unix: UInt32 = 1, inet: UInt32 = 2, inet6: UInt32 = 10, netlink: UInt32 = 16, packet: UInt32 = 17
    private static let sockets = [
        ArgumentRule(
            reason: """
                i386's socketcall keeps its arguments in memory, where a filter cannot look: it makes no socket (1), no pair (8) and sets no \
                option (14). The direct calls of the same ABI do, by the rules below; i386 glibc does not use them (musl does).
                """,
            calls: ["socketcall"], abis: [.i386], errno: Errno.noSystemCall, conditions: [.argument(0, isOneOf: 1, 8, 14)]),
        ArgumentRule(reason: "AF_ALG, AF_RXRPC, AF_KEY, AF_VSOCK and the rest: unused by guests, steady source of kernel bugs", calls: ["socket"], errno: Errno.noFamily,
            conditions: [.argument(0, isNoneOf: unix, inet, inet6, netlink, packet)]),
        ArgumentRule(reason: "pairs exist in AF_UNIX only, yet others are made before that is found out", calls: ["socketpair"], errno: Errno.noFamily,
            conditions: [.argument(0, isNoneOf: unix)]),
        ArgumentRule(reason: "of netlink: ROUTE, SOCK_DIAG, AUDIT, NETFILTER, KOBJECT_UEVENT, GENERIC; not XFRM, CRYPTO, RDMA…", calls: ["socket"], errno: Errno.noProtocol,
            conditions: [.argument(0, isOneOf: netlink), .argument(2, isNoneOf: 0, 4, 9, 12, 15, 16)]),
        ArgumentRule(reason: "rare protocols that the kernel loads on demand: DCCP, L2TP, SCTP, UDP-Lite, SMC", calls: ["socket"], errno: Errno.noProtocol,
            conditions: [.argument(0, isOneOf: inet, inet6), .argument(2, isOneOf: 33, 115, 132, 136, 256)]),
    ]

    private static let socketOptions = [
        ArgumentRule(reason: "TCP_ULP: espintcp writes into the page cache, and the name of the wanted one is in memory. TLS by the kernel is lost with it", calls: ["setsockopt"], errno: Errno.noOption,
            conditions: [.argument(1, isOneOf: 6), .argument(2, isOneOf: 31)]),
        ArgumentRule(reason: "IP_XFRM_POLICY: IPsec without NETLINK_XFRM", calls: ["setsockopt"], errno: Errno.noOption,
            conditions: [.argument(1, isOneOf: 0), .argument(2, isOneOf: 17)]),
        ArgumentRule(reason: "IPV6_XFRM_POLICY: IPsec without NETLINK_XFRM", calls: ["setsockopt"], errno: Errno.noOption,
            conditions: [.argument(1, isOneOf: 41), .argument(2, isOneOf: 35)]),
    ]

    private static let others = [
        ArgumentRule(reason: "TIOCSTI, TIOCLINUX: types into a terminal that another reads", calls: ["ioctl"], errno: Errno.notPermitted,
            conditions: [.argument(1, isOneOf: 0x5412, 0x541C)]),
        ArgumentRule(reason: "PER_LINUX, PER_LINUX32, UNAME26, no address randomisation (debuggers), a question; not old systems' bugs", calls: ["personality"], errno: Errno.notPermitted,
            conditions: [.argument(0, isNoneOf: 0, 8, 0x2_0000, 0x2_0008, 0x4_0000, 0xFFFF_FFFF)]),
        ArgumentRule(
            reason: """
                FUTEX_WAIT_REQUEUE_PI (11), FUTEX_CMP_REQUEUE_PI (12): CVE-2026-43499 and its forerunners. No C library has used them since \
                glibc 2.25; the answer is that of a kernel built without them.
                """,
            calls: ["futex", "futex_time64"], errno: Errno.noSystemCall, conditions: [.argument(1, mask: ~0x180, isOneOf: 11, 12)]),
    ]
}

/// errno(3), as a filter answers them.
enum Errno {
    static let notPermitted: UInt16 = 1
    static let noSystemCall: UInt16 = 38
    static let noOption: UInt16 = 92
    static let noProtocol: UInt16 = 93
    static let noFamily: UInt16 = 97
}
