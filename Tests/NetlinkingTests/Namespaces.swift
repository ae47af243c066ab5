import Kernel
import Netlinking

extension NetworkNamespace {
    /// What `body` throws is thrown here: expectations belong to the test's own thread.
    func attempt<Value: Sendable>(_ body: @Sendable () throws -> Value) throws -> Value { try run { Result { try body() } }.get() }

    /// The output of `ip` inside.
    func ip(_ arguments: String) throws -> [String] {
        try attempt {
            var lines: [String] = []
            _ = try Program.run("/sbin/ip", arguments.split(separator: " ").map(String.init)) { lines.append($0) }
            return lines
        }
    }

    func canPing(_ address: String) throws -> Bool {
        try attempt { try Program.run("/bin/ping", ["-n", "-q", "-c", "1", "-W", "2", address]).isSuccess }
    }

    func attach(_ plan: GuestLinkPlan, guest: borrowing NetworkNamespace) throws {
        // A closure cannot borrow what it did not make: the descriptor's own copy goes in.
        let copy = NetworkNamespace(try guest.descriptor.duplicate())
        try attempt { try plan.attach(host: NetlinkSocket(.route), guest: copy) }
    }

    func detach(_ plan: GuestLinkPlan) throws { try attempt { try GuestLinkPlan.detach(plan.name, host: NetlinkSocket(.route)) } }

    func links(_ prefix: InterfacePrefix) throws -> [String] { try attempt { try NetlinkSocket(.route).links(prefix: prefix).map(\.name) } }
}

let testPrefix = InterfacePrefix("rtnl")!  // a constant that is one
func plan(_ id: String, ipv4: [String] = ["10.66.0.7"], ipv6: [String] = ["fd66:6006:0:7::1"]) -> GuestLinkPlan {
    GuestLinkPlan(id: id, prefix: testPrefix, addresses: GuestAddresses(ipv4: ipv4.map { IPv4Address($0)! }, ipv6: ipv6.map { IPv6Address($0)! }))!  // constants of the tests
}
