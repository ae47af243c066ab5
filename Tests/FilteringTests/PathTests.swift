import Filtering
import Kernel
import Netlinking
import Testing

// Real packets between namespaces. All of these need root, veth and nf_tables: without, they fail.
@Suite struct PathTests {
    @Test func aGuestReachesItsGatewayByEchoAndNoServiceOfTheHost() throws {
        let lab = try Lab()
        let server = try lab.host.listen(on: 7000)
        for address in ["169.254.1.1", "203.0.113.1", "2001:db8::1"] { #expect(try lab.guestA.canPing(address), "echo to \(address)") }
        #expect(try lab.guestA.canPing("fe80::1%eth0"))
        for address in ["169.254.1.1", "203.0.113.1", "2001:db8::1"] {
            let connection = lab.guestA.connects(to: address, 7000, patience: 1)
            #expect(!connection, "TCP to \(address)")
        }
        let own = lab.outside.connects(to: "203.0.113.1", 7000)
        #expect(own, "the server is there: others reach it")
        #expect(peer(of: server) == "203.0.113.2")
    }

    @Test(arguments: ["10.66.0.10", "198.51.100.10", "fd66:6006:0:a::1", "2001:db8:1:a::1"])
    func theHostReachesAServiceOfAGuest(address: String) throws {
        let lab = try Lab()
        let server = try lab.guestA.listen(on: 7000)
        let connection = lab.host.connects(to: address, 7000)
        #expect(connection)
        #expect(peer(of: server) != nil)
    }

    @Test(arguments: [
        ("private IPv4 appears as the host", "10.66.0.10", "203.0.113.2", "203.0.113.1"),
        ("public IPv4 appears as itself", "198.51.100.10", "203.0.113.2", "198.51.100.10"),
        ("unique local IPv6 appears as the host", "fd66:6006:0:a::1", "2001:db8::2", "2001:db8::1"),
        ("global IPv6 appears as itself", "2001:db8:1:a::1", "2001:db8::2", "2001:db8:1:a::1"),
    ])
    func whatGoesOutIsTranslatedOnlyWherePrivate(label: String, source: String, target: String, expected: String) throws {
        let lab = try Lab()
        let receiver = try lab.outside.receiver(on: 7000)
        try lab.guestA.send(to: target, 7000, from: source)
        #expect(sender(at: receiver) == expected, "\(label)")
    }

    @Test func aGuestConnectsToTheOutsideAndTheOutsideToAGuest() throws {
        let lab = try Lab()
        let outside = try lab.outside.listen(on: 7000)
        let guest = try lab.guestA.listen(on: 7000)
        for address in ["203.0.113.2", "2001:db8::2"] {
            let connection = lab.guestA.connects(to: address, 7000)
            #expect(connection, "out to \(address)")
            #expect(peer(of: outside) != nil)
        }
        for address in ["198.51.100.10", "2001:db8:1:a::1"] {
            let connection = lab.outside.connects(to: address, 7000)
            #expect(connection, "in to \(address)")
            #expect(peer(of: guest) == (address.contains(":") ? "2001:db8::2" : "203.0.113.2"), "a guest sees who calls")
        }
    }

    @Test func oneGuestDoesNotReachAnother() throws {
        let lab = try Lab()
        let server = try lab.guestB.listen(on: 7000)
        let receiver = try lab.guestB.receiver(on: 7001)
        for (own, other) in [("10.66.0.10", "10.66.0.11"), ("198.51.100.10", "198.51.100.11"), ("fd66:6006:0:a::1", "fd66:6006:0:b::1"), ("2001:db8:1:a::1", "2001:db8:1:b::1")] {
            #expect(try !lab.guestA.canPing(other), "echo to \(other)")
            try lab.guestA.send(to: other, 7001, from: own)
            let connection = lab.guestA.connects(to: other, 7000, patience: 1)
            #expect(!connection, "TCP to \(other)")
        }
        #expect(sender(at: receiver, waiting: false) == nil, "UDP")
        let own = lab.host.connects(to: "10.66.0.11", 7000)
        #expect(own && peer(of: server) == "169.254.1.1", "the server is there, and nobody was before the host")
    }

    // As its own addresses, B's, the host's, the outside's, the gateway's, nobody's.
    @Test(arguments: [
        ("10.66.0.11", "203.0.113.2"), ("10.66.0.99", "203.0.113.2"), ("203.0.113.1", "203.0.113.2"), ("192.0.2.1", "203.0.113.2"), ("169.254.7.7", "203.0.113.2"),
        ("10.66.0.11", "10.66.0.11"), ("192.0.2.1", "169.254.1.1"),
        ("fd66:6006:0:b::1", "2001:db8::2"), ("fd66:6006:0:c::1", "2001:db8::2"), ("2001:db8::1", "2001:db8::2"), ("2001:db8:1:b::7", "fd66:6006:0:b::1"), ("2001:db8:1:b::7", "fe80::1"),
    ])
    func aForgedSourceGoesNowhereAndIsCounted(source: String, target: String) throws {
        let lab = try Lab()
        let receivers = [try lab.outside.receiver(on: 7000).release(), try lab.host.receiver(on: 7000).release(), try lab.guestB.receiver(on: 7000).release()].map(Received.init)
        try lab.guestA.ip("addr add \(source)/\(source.contains(":") ? "128 nodad" : "32") dev eth0")
        let before = try lab.refused(lab.planA)
        if target == source {  // own addresses are reached through lo: to another of B's then
            try lab.guestA.send(to: "198.51.100.11", 7000, from: source)
        } else if target == "fe80::1" {
            #expect(try !lab.guestA.canPing("fe80::1%eth0", from: source))
        } else {
            try lab.guestA.send(to: target, 7000, from: source)
        }
        #expect(try lab.refused(lab.planA) > before)
        #expect(receivers.map(\.sender) == [nil, nil, nil], "what was counted arrived nowhere")
        #expect(try lab.refused(lab.planB) == 0, "the other's account is clean")
    }

    /// An array cannot hold what cannot be copied.
    private final class Received {
        private let descriptor: Descriptor
        init(_ number: Int32) { descriptor = Descriptor(owning: number) }
        var sender: String? { FilteringTests.sender(at: descriptor, waiting: false) }
    }

    @Test func anyAddressOfItsOwnPrefixIsTheGuestsToUse() throws {
        let lab = try Lab()
        let receiver = try lab.outside.receiver(on: 7000)
        try lab.guestA.ip("addr add 2001:db8:1:a:dead:beef:0:7/128 dev eth0 nodad")
        try lab.guestA.send(to: "2001:db8::2", 7000, from: "2001:db8:1:a:dead:beef:0:7")
        #expect(sender(at: receiver) == "2001:db8:1:a:dead:beef:0:7")
        #expect(try lab.outside.canPing("2001:db8:1:a:dead:beef:0:7"))
    }

    @Test func strangersAskingForAWholePrefixFillNoTableOfTheHost() throws {
        let lab = try Lab()
        let before = try whatTheHostBelieves(lab)
        for number in 2..<60 { try lab.outside.send(to: "2001:db8:1:a::\(number)", 7000, from: "2001:db8::2") }
        let after = try whatTheHostBelieves(lab)
        #expect(after == before)
    }

    @Test func aPacketForAnAddressThatTheGuestDoesNotUseIsNotThrownToAndFro() throws {
        let lab = try Lab()
        _ = try lab.guestA.attempt { try HostFile.write("1", to: HostForwarding.path6) }  // such as Docker in a guest does
        let before = try lab.host.attempt { [name = lab.planA.name] in try NetlinkSocket(.route).statistics(of: name)?.sentPackets ?? 0 }
        for _ in 0..<5 { try lab.outside.send(to: "2001:db8:1:a::9", 7000, from: "2001:db8::2") }
        let after = try lab.host.attempt { [name = lab.planA.name] in try NetlinkSocket(.route).statistics(of: name)?.sentPackets ?? 0 }
        #expect(after - before < 15, "five packets, and what they are answered with")
    }

    @Test(arguments: [("169.254.169.254", "10.66.0.10"), ("fd00:ec2::254", "fd66:6006:0:a::1")])
    func theCloudsMetadataServiceIsNotThereForAGuest(service: String, source: String) throws {
        let lab = try Lab()
        #expect(try lab.host.canPing(service), "the host reaches it")
        #expect(try !lab.guestA.canPing(service))
        let receiver = try lab.outside.receiver(on: 7000)
        try lab.guestA.send(to: service, 7000, from: source)
        try lab.guestA.send(to: "203.0.113.2", 7000, from: "198.51.100.10")
        #expect(sender(at: receiver) == "198.51.100.10", "the one before did not arrive")
    }

    @Test func aGuestThatForgotItsGatewayFindsItAgainInBothFamilies() throws {
        let lab = try Lab()
        for command in [
            "link set eth0 down", "link set eth0 up", "addr add fd66:6006:0:a::1/128 dev eth0 nodad", "route add default via 169.254.1.1 dev eth0 onlink",
            "-6 route add default via fe80::1 dev eth0",
        ] { _ = try? lab.guestA.ip(command) }  // an address may have survived
        #expect(try lab.guestA.ip("neigh show nud permanent") == [])
        #expect(try lab.guestA.canPing("203.0.113.2"))
        var found = false
        for _ in 0..<30 where !found { found = try lab.guestA.canPing("2001:db8::2") }  // its link-local address is tentative for a second or two
        #expect(found)
    }

    // Without the rule the host makes an entry for each: of its table's 1024 one guest could take all.
    @Test(arguments: [("link-local", "fe80::bad:"), ("of its own prefix", "2001:db8:1:a::bad:"), ("of another's", "2001:db8:1:b::bad:")])
    func neighbourSolicitationsFromManyAddressesFillNoTableOfTheHost(label: String, source: String) throws {
        let lab = try Lab()
        let before = try whatTheHostBelieves(lab)
        for number in 2..<10 {
            try lab.guestA.ip("addr add \(source)\(number)/128 dev eth0 nodad")
            try lab.guestA.ip("-6 neigh flush dev eth0 nud all")
            #expect(try !lab.guestA.canPing("fe80::1%eth0", from: "\(source)\(number)"), "asking first, it gets no answer")
        }
        let after = try whatTheHostBelieves(lab)
        #expect(after == before)
    }

    @Test(arguments: ["fe80::1", "ff02::1"])
    func whatAGuestSaysAsRouterOrNeighbourChangesNothingOnTheHost(target: String) throws {
        let lab = try Lab()
        let gateway: [UInt8] = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
        let own = lab.planA.guestHardware.linkLocalAddress.bytes
        let other = lab.planB.guestHardware.linkLocalAddress.bytes
        let hardware: [UInt8] = [2, 1, 2, 0xee, 0xee, 0xee, 0xee, 0xee]  // an option: another MAC
        let prefix: [UInt8] = [3, 4, 64, 0xc0, 0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0x20, 0x01, 0x0d, 0xb8, 0, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        let messages: [(String, [UInt8])] = [
            ("a router advertisement", [134, 0, 0, 0, 64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0] + prefix),
            ("an advertisement of the gateway", [136, 0, 0, 0, 0x20, 0, 0, 0] + gateway + hardware),
            ("an advertisement of the guest with another MAC", [136, 0, 0, 0, 0x60, 0, 0, 0] + own + hardware),
            ("an advertisement of another guest", [136, 0, 0, 0, 0x60, 0, 0, 0] + other + hardware),
            ("a solicitation with another MAC", [135, 0, 0, 0, 0, 0, 0, 0] + gateway + [1] + hardware.dropFirst()),
            ("a redirect", [137, 0, 0, 0, 0, 0, 0, 0] + own + [UInt8](repeating: 0x20, count: 16)),
        ]
        let before = try whatTheHostBelieves(lab)
        for (label, message) in messages {
            try lab.guestA.send(icmpv6: message, to: target, scope: 2)
            let after = try whatTheHostBelieves(lab)
            #expect(after == before, "\(label)")
        }
    }

    private func whatTheHostBelieves(_ lab: Lab) throws -> [String] {
        var found: [String] = []
        for listing in ["-6 route show", "-6 -o addr show dev \(lab.planA.name)", "-6 neigh show dev \(lab.planA.name) nud all", "-6 neigh show dev \(lab.planB.name) nud all"] { found += try lab.host.ip(listing) }
        return found.filter { !$0.hasPrefix("ff02:") }.sorted()  // groups' entries come and go by themselves
    }

    // kube-proxy and its like allow routes to 127/8 on every interface of a host.
    @Test func theHostsLoopbackIsOutOfReachEvenIfTheHostRoutesToIt() throws {
        let lab = try Lab()
        let receiver = try lab.host.receiver(on: 7000)
        for namespace in [lab.host.descriptor.number, lab.guestA.descriptor.number] {
            let namespace = NetworkNamespace(try Descriptor.open("/proc/self/fd/\(namespace)", .read))
            _ = try namespace.attempt { try HostFile.write("1", to: "/proc/sys/net/ipv4/conf/all/route_localnet") }
        }
        for command in ["route del table local local 127.0.0.0/8 dev lo", "route del table local local 127.0.0.1 dev lo"] { try lab.guestA.ip(command) }
        let before = try lab.refused(lab.planA)
        try lab.guestA.send(to: "127.0.0.1", 7000, from: "10.66.0.10")
        #expect(try lab.refused(lab.planA) == before + 1)
        #expect(sender(at: receiver, waiting: false) == nil)
    }

    @Test func whatOneGuestConnectsLeavesRoomInTheHostsTableForOthers() throws {
        let lab = try Lab()
        // On a slow machine the first would be forgotten before the last is sent.
        try lab.host.attempt { try HostFile.write("600", to: "/proc/sys/net/netfilter/nf_conntrack_udp_timeout") }
        for port in UInt16(10_000)..<15_000 { try lab.guestA.send(to: "203.0.113.2", port, from: "198.51.100.10") }
        let tracked = try lab.host.attempt { Int(try HostFile.readText("/proc/sys/net/netfilter/nf_conntrack_count").filter(\.isNumber)) ?? 0 }
        #expect((4000...4200).contains(tracked), "the 4096 of one VPS, and what the host and the other do")
        #expect(try !lab.guestA.canPing("203.0.113.2"))
        #expect(try lab.guestB.canPing("203.0.113.2"))
        let own = lab.host.connects(to: "203.0.113.2", 9)
        #expect(!own, "nobody listens there: the host was answered")
    }

    @Test func whatStrangersBeginLeavesRoomForWhatTheGuestItselfBegins() throws {
        let lab = try Lab()
        try lab.host.attempt { try HostFile.write("600", to: "/proc/sys/net/netfilter/nf_conntrack_udp_timeout") }  // as above
        for port in UInt16(10_000)..<15_000 { try lab.outside.send(to: "198.51.100.10", port, from: "203.0.113.2") }
        let tracked = try lab.host.attempt { Int(try HostFile.readText("/proc/sys/net/netfilter/nf_conntrack_count").filter(\.isNumber)) ?? 0 }
        #expect((4000...4200).contains(tracked))
        #expect(try lab.guestA.canPing("203.0.113.2"))
    }

    @Test(arguments: [("10.66.0.99", "198.51.100.10"), ("2001:db8:1:99::1", "2001:db8:1:a::1")])
    func anAddressOfThePoolThatNobodyHasIsNotSentOutside(target: String, source: String) throws {
        let lab = try Lab()
        try lab.outside.ip("addr add \(target)/\(target.contains(":") ? "128 nodad" : "32") dev lo")
        try lab.host.ip(target.contains(":") ? "-6 route add default via 2001:db8::2" : "route add default via 203.0.113.2")
        let receiver = try lab.outside.receiver(on: 7000)
        try lab.guestA.send(to: target, 7000, from: source)
        try lab.guestA.send(to: target.contains(":") ? "2001:db8::2" : "203.0.113.2", 7000, from: source)
        #expect(sender(at: receiver) == source)
        #expect(sender(at: receiver, waiting: false) == nil, "of two only one arrived")
    }

    @Test func aLinkThatWasNotAdmittedIsCutOffAndOneRevokedIsToo() throws {
        let lab = try Lab()
        #expect(try lab.guestA.canPing("203.0.113.2"))
        try lab.host.attempt { [admission = Admission(lab.planA)] in try Firewall(Lab.table).revoke(admission) }
        #expect(try !lab.guestA.canPing("203.0.113.2"))
        #expect(try lab.guestB.canPing("203.0.113.2"))
        try lab.host.attempt { [admission = Admission(lab.planA)] in try Firewall(Lab.table).admit(admission) }
        #expect(try lab.guestA.canPing("203.0.113.2"))
    }
}
