import Glibc
import Kernel
import Netlinking
import Testing

// All of these need root and a kernel with veth: without, they fail.
@Suite struct AttachTests {
    @Test func aGuestReachesItsGatewayAndTheHostReachesTheGuestInBothFamilies() throws {
        let host = try NetworkNamespace.make()
        let guest = try NetworkNamespace.make()
        _ = try host.ip("link set lo up")
        try host.attach(plan("abcdefghjk"), guest: guest)
        #expect(try guest.canPing("169.254.1.1"))
        #expect(try guest.canPing("fe80::1%eth0"))
        #expect(try guest.canPing("127.0.0.1"))
        #expect(try host.canPing("10.66.0.7"))
        #expect(try host.canPing("fd66:6006:0:7::1"))
    }

    @Test func theLinkIsAsPlanned() throws {
        let host = try NetworkNamespace.make()
        let guest = try NetworkNamespace.make()
        let plan = plan("abcdefghjk")
        try host.attach(plan, guest: guest)
        #expect(try guest.ip("-4 route show") == ["default via 169.254.1.1 dev eth0 proto static onlink "])
        #expect(try guest.ip("-6 route show default").map { $0.hasPrefix("default via fe80::1 dev eth0 proto static") } == [true])
        #expect(try host.ip("-4 route show") == ["10.66.0.7 dev \(plan.name) proto static scope link "])
        #expect(try host.ip("-6 route show proto static").map { $0.hasPrefix("fd66:6006:0:7::/64 via \(plan.guestHardware.linkLocalAddress) dev \(plan.name)") } == [true])
        #expect(try host.ip("-6 -o addr show dev \(plan.name)").map { $0.contains("inet6 fe80::1/64") } == [true])
        let settings = try host.attempt { try (HostEndSettings.ipv4 + HostEndSettings.ipv6).map { "\($0.name) \(try HostFile.readText($0.path(plan.name)))" } }
        #expect(settings == (HostEndSettings.ipv4 + HostEndSettings.ipv6).map { "\($0.name) \($0.value)\n" })
    }

    @Test func withoutIPv6AddressesTheHostsEndSpeaksNoIPv6() throws {
        let host = try NetworkNamespace.make()
        let guest = try NetworkNamespace.make()
        let plan = plan("abcdefghjk", ipv6: [])
        try host.attach(plan, guest: guest)
        #expect(try host.ip("-6 -o addr show dev \(plan.name)") == [])
        #expect(try guest.canPing("169.254.1.1"))
    }

    @Test func attachingAndDetachingAgainAreSuccesses() throws {
        let host = try NetworkNamespace.make()
        let guest = try NetworkNamespace.make()
        let plan = plan("abcdefghjk")
        try host.attach(plan, guest: guest)
        let before = try host.attempt { try NetlinkSocket(.route).link(named: plan.name)?.index }
        try host.attach(plan, guest: guest)
        let after = try host.attempt { try NetlinkSocket(.route).link(named: plan.name)?.index }
        #expect(after == before, "the running link was kept")
        #expect(try guest.canPing("169.254.1.1"))
        try host.detach(plan)
        try host.detach(plan)
        #expect(try host.links(testPrefix) == [])
        #expect(try guest.ip("-o link").count == 1, "only lo")
    }

    @Test func aLinkThatLeadsToADeadGuestIsReplaced() throws {
        let host = try NetworkNamespace.make()
        let dead = try NetworkNamespace.make()
        let guest = try NetworkNamespace.make()
        try host.attach(plan("abcdefghjk"), guest: dead)
        try host.attach(plan("abcdefghjk"), guest: guest)
        #expect(try guest.canPing("169.254.1.1"))
        #expect(try dead.ip("-o link").count == 1, "only lo")
    }

    @Test func aFailureLeavesNothing() throws {
        let host = try NetworkNamespace.make()
        let guest = try NetworkNamespace.make()
        // A group's address is nobody's own: the kernel refuses it when the pair is there already.
        let error = #expect(throws: NetlinkError.self) { try host.attach(plan("abcdefghjk", ipv6: ["ff02::7"]), guest: guest) }
        #expect(error?.code == EADDRNOTAVAIL)
        #expect(try host.links(testPrefix) == [])
        #expect(try guest.ip("-o link").count == 1, "only lo")
    }

    @Test func aFailureOnALinkThatWasThereLeavesItAlone() throws {
        let host = try NetworkNamespace.make()
        let guest = try NetworkNamespace.make()
        try host.attach(plan("abcdefghjk"), guest: guest)
        #expect(throws: NetlinkError.self) { try host.attach(plan("abcdefghjk", ipv6: ["ff02::7"]), guest: guest) }
        #expect(try guest.canPing("169.254.1.1"))
    }

    @Test func aGuestThatRenamedItsEndIsKnownByItsNumber() throws {
        let host = try NetworkNamespace.make()
        let guest = try NetworkNamespace.make()
        let plan = plan("abcdefghjk")
        try host.attach(plan, guest: guest)
        for step in ["link set eth0 down", "link set eth0 name wan0"] { _ = try guest.ip(step) }
        let before = try host.attempt { try NetlinkSocket(.route).link(named: plan.name)?.index }
        try host.attach(plan, guest: guest)
        let after = try host.attempt { try NetlinkSocket(.route).link(named: plan.name)?.index }
        #expect(after == before)
        #expect(try guest.canPing("169.254.1.1"))
    }

    @Test func aForeignInterfaceOfTheGuestIsNotTakenForOurs() throws {
        let host = try NetworkNamespace.make()
        let guest = try NetworkNamespace.make()
        _ = try guest.ip("link add eth0 type veth peer name other")
        let error = #expect(throws: NetlinkError.self) { try host.attach(plan("abcdefghjk"), guest: guest) }
        #expect(error?.code == EEXIST)
        #expect(try host.links(testPrefix) == [])
    }

    @Test func theLinkGoesWithTheGuestsNamespaceAndDetachingThenIsASuccess() throws {
        let host = try NetworkNamespace.make()
        let plan = plan("abcdefghjk")
        do {
            let guest = try NetworkNamespace.make()
            try host.attach(plan, guest: guest)
        }
        try host.detach(plan)  // whether the kernel was here first or not
        #expect(try host.links(testPrefix) == [])
    }

    @Test func aHundredLinksComeAndGoAndLeaveNothing() throws {
        let host = try NetworkNamespace.make()
        let before = try leftovers(host)
        for number in 0..<100 {
            let guest = try NetworkNamespace.make()
            let plan = plan("abcdefgh\(number / 10)\(number % 10)", ipv4: ["10.66.1.\(number)"], ipv6: ["fd66:6006:0:\(String(number, radix: 16))::1"])
            try host.attach(plan, guest: guest)
            if number % 2 == 0 { try host.detach(plan) }  // the others die with their guest
        }
        for name in try host.links(testPrefix) { try host.attempt { try GuestLinkPlan.detach(InterfaceName(name)!, host: NetlinkSocket(.route)) } }  // our own names
        #expect(try leftovers(host) == before)
    }

    private func leftovers(_ namespace: borrowing NetworkNamespace) throws -> [String] {
        var found: [String] = []
        for listing in ["-o link", "-4 route show table all", "-6 route show table all", "neigh show nud all"] { found += try namespace.ip(listing) }
        return found
    }

    @Test func countersAreSeenFromTheHost() throws {
        let host = try NetworkNamespace.make()
        let guest = try NetworkNamespace.make()
        let plan = plan("abcdefghjk")
        try host.attach(plan, guest: guest)
        let before = try #require(try host.attempt { try NetlinkSocket(.route).statistics(of: plan.name) })
        _ = try guest.attempt { try Program.run("/bin/ping", ["-n", "-q", "-c", "3", "-i", "0.01", "-s", "1000", "169.254.1.1"]) }
        let after = try #require(try host.attempt { try NetlinkSocket(.route).statistics(of: plan.name) })
        #expect(after.receivedBytes - before.receivedBytes >= 3 * 1028)
        #expect(after.sentBytes - before.sentBytes >= 3 * 1028)
        #expect(after.receivedPackets - before.receivedPackets >= 3)
        try host.detach(plan)
        #expect(try host.attempt { try NetlinkSocket(.route).statistics(of: plan.name) } == nil)
    }

    @Test func theCallersThreadStaysInItsNamespace() throws {
        let before = try NetworkNamespace.current().descriptor.information()
        let host = try NetworkNamespace.make()
        let socket = try NetlinkSocket(.route, in: host)
        #expect(try socket.links(prefix: InterfacePrefix("lo")!).map(\.name) == ["lo"])  // a constant
        #expect(try NetworkNamespace.current().descriptor.information() == before)
        #expect(try host.descriptor.information() != before)
    }

    // A tenant whose network is set up anew from inside has lost the entries that the host made for it.
    @Test func aGuestThatForgotItsGatewayFindsItAgain() throws {
        let host = try NetworkNamespace.make()
        let guest = try NetworkNamespace.make()
        let plan = plan("abcdefghjk")
        try host.attach(plan, guest: guest)
        for step in ["link set eth0 down", "link set eth0 up", "route add default via 169.254.1.1 dev eth0 onlink"] { _ = try guest.ip(step) }
        #expect(try guest.ip("neigh show nud permanent") == [])
        #expect(try guest.canPing("169.254.1.1"))
    }

    @Test func whatAGuestSaysByARPChangesNothingOnTheHost() throws {
        let host = try NetworkNamespace.make()
        let guest = try NetworkNamespace.make()
        let plan = plan("abcdefghjk")
        try host.attach(plan, guest: guest)
        let before = try host.ip("-4 neigh show nud all")
        // Asks for the gateway from addresses that are not its own, from another MAC, and announces the gateway's as its own.
        for step in [
            "link set eth0 down", "link set eth0 address 02:aa:aa:aa:aa:aa", "link set eth0 up", "route add default via 169.254.1.1 dev eth0 onlink",
            "addr add 10.66.0.99/32 dev eth0", "addr add 192.0.2.1/32 dev eth0",
        ] { _ = try guest.ip(step) }
        for source in ["10.66.0.7", "10.66.0.99", "192.0.2.1"] {
            _ = try guest.ip("neigh flush all")
            _ = try guest.attempt { try Program.run("/bin/ping", ["-n", "-q", "-c", "1", "-W", "1", "-I", source, "169.254.1.1"]) }
        }
        #expect(try host.ip("-4 neigh show nud all") == before)
    }
}
