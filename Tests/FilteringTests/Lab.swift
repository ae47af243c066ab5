import Filtering
import Glibc
import Kernel
import Netlinking
import Testing

/// A host, two guests and a machine outside, each a network namespace without a name: gone when the lab is.
/// outside (203.0.113.2, 2001:db8::2) — wan — host — two VPSes' links. "public" addresses are not translated.
final class Lab: Sendable {
    let host: NetworkNamespace
    let outside: NetworkNamespace
    let guestA: NetworkNamespace
    let guestB: NetworkNamespace
    let planA: GuestLinkPlan
    let planB: GuestLinkPlan
    static let prefix = InterfacePrefix("rflt")!  // constants that are what they must be
    static let table = TableName("rflt")!
    static let ruleset = BaseRuleset(table: table, prefix: prefix, pools4: ["10.66.0.0/16", "198.51.100.0/24"].map { IPv4Prefix($0)! }, pools6: ["fd66:6006::/48", "2001:db8:1::/48"].map { IPv6Prefix($0)! })

    init() throws {
        host = try NetworkNamespace.make()
        outside = try NetworkNamespace.make()
        guestA = try NetworkNamespace.make()
        guestB = try NetworkNamespace.make()
        planA = Lab.plan("aaaaaaaaaa", ipv4: ["10.66.0.10", "198.51.100.10"], ipv6: ["fd66:6006:0:a::1", "2001:db8:1:a::1"])
        planB = Lab.plan("bbbbbbbbbb", ipv4: ["10.66.0.11", "198.51.100.11"], ipv6: ["fd66:6006:0:b::1", "2001:db8:1:b::1"])
        try connectOutside()
        try host.attempt {
            try HostForwarding.enable(host: NetlinkSocket(.route))
            try Lab.ruleset.load()
        }
        try attach(planA, guestA)
        try attach(planB, guestB)
    }

    static func plan(_ id: String, ipv4: [String], ipv6: [String]) -> GuestLinkPlan {
        GuestLinkPlan(id: id, prefix: prefix, addresses: GuestAddresses(ipv4: ipv4.map { IPv4Address($0)! }, ipv6: ipv6.map { IPv6Address($0)! }))!  // constants of the tests
    }

    private func connectOutside() throws {
        // The wire to the outside works at once, without two seconds of duplicate address detection.
        for namespace in [host.descriptor.number, outside.descriptor.number] {
            let namespace = NetworkNamespace(try Descriptor.open("/proc/self/fd/\(namespace)", .read))
            try namespace.attempt { try HostFile.write("0", to: "/proc/sys/net/ipv6/conf/default/accept_dad") }
        }
        let copy = NetworkNamespace(try outside.descriptor.duplicate())
        let hardware = MACAddress(derivedFrom: "wan")
        let request = PairRequest(name: InterfaceName("wan")!, address: hardware, peerName: InterfaceName("wan")!, peerAddress: MACAddress(derivedFrom: "far"), maximumTransmissionUnit: 1500)  // a constant
        try host.attempt { try NetlinkSocket(.route).createPair(request, peerIn: copy) }
        for command in ["link set lo up", "link set wan up", "addr add 203.0.113.1/24 dev wan", "addr add 2001:db8::1/64 dev wan nodad"] { try host.ip(command) }
        for command in [
            "link set lo up", "link set wan up", "addr add 203.0.113.2/24 dev wan", "addr add 2001:db8::2/64 dev wan nodad", "addr add 169.254.169.254/32 dev lo", "addr add fd00:ec2::254/128 dev lo",
            "route add 198.51.100.0/24 via 203.0.113.1", "-6 route add 2001:db8:1::/48 via 2001:db8::1",
            "route add 10.66.0.0/16 via 203.0.113.1", "-6 route add fd66:6006::/48 via 2001:db8::1",
        ] { try outside.ip(command) }
        try host.ip("route add 169.254.169.254/32 via 203.0.113.2")
        try host.ip("-6 route add fd00:ec2::254/128 via 2001:db8::2")
        try host.attempt {
            let socket = try NetlinkSocket(.route)
            try socket.awaitOperation(index: socket.link(named: request.name)?.index ?? 0)
        }
    }

    func attach(_ plan: GuestLinkPlan, _ guest: borrowing NetworkNamespace) throws {
        let copy = NetworkNamespace(try guest.descriptor.duplicate())
        try host.attempt {
            try Firewall(Lab.table).admit(Admission(plan))
            try plan.attach(host: NetlinkSocket(.route), guest: copy)
        }
    }

    func detach(_ plan: GuestLinkPlan) throws {
        try host.attempt {
            try GuestLinkPlan.detach(plan.name, host: NetlinkSocket(.route))
            try Firewall(Lab.table).revoke(Admission(plan))
        }
    }

    func refused(_ plan: GuestLinkPlan) throws -> UInt64 { try host.attempt { try Firewall(Lab.table).refused()[plan.name.text]?.packets ?? 0 } }
}

extension NetworkNamespace {
    /// What `body` throws is thrown here: expectations belong to the test's own thread.
    func attempt<Value: Sendable>(_ body: @Sendable () throws -> Value) throws -> Value { try run { Result { try body() } }.get() }

    @discardableResult
    func output(_ file: String, _ arguments: [String], input: String = "") throws -> [String] {
        let (exit, lines) = try attempt {
            var lines: [String] = []
            return (try Program.run(file, arguments, input: Array(input.utf8)) { lines.append($0) }, lines)
        }
        guard exit.isSuccess else { throw Failed(what: "\(file) \(arguments.joined(separator: " ")): \(lines.joined(separator: "\n"))") }
        return lines
    }

    @discardableResult
    func ip(_ arguments: String) throws -> [String] { try output("/sbin/ip", arguments.split(separator: " ").map(String.init)) }
    func nft(_ arguments: String) throws -> [String] { try output("/usr/sbin/nft", arguments.split(separator: " ").map(String.init)) }

    /// `from`: an address of the namespace's own.
    func canPing(_ address: String, from source: String? = nil) throws -> Bool {
        let from = source.map { ["-I", $0] } ?? []
        return try attempt { try Program.run("/bin/ping", ["-n", "-q", "-c", "1", "-W", "1"] + from + [address]).isSuccess }
    }
}

struct Failed: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}
