import Filtering
import Foundation
import Kernel
import Netlinking
import Testing

@Suite(.serialized, .enabled(if: Hosts.isPossible, "needs root and nft: network namespaces"))
struct AttachTests {
    static func firewall() throws -> Firewall { Firewall(try Ruleset(table: "rtn", interfacePrefix: "rtn", ipv4Pools: ["10.9.0.0/16"], ipv6Pools: ["fd09::/48"])) }

    @Test func aGuestIsReachedByBothFamiliesAndReachesItsGateway() throws {
        let hosts = try Hosts("a", guests: 1)
        try hosts.onHost {
            try Self.firewall().load()
            try Self.firewall().admit(hosts.name(0))
        }
        try hosts.attach(0)
        for address in ["10.9.0.2", "fd09:0:0:2::1"] { #expect(try reaches(hosts.host, address), "\(address)") }
        #expect(try reaches(hosts.guests[0], "169.254.1.1"))
        // Any address of its prefix is the guest's to use.
        try inside(hosts.guests[0], "ip", "address", "add", "fd09:0:0:2::beef/128", "dev", "eth0", "nodad")
        #expect(try reaches(hosts.host, "fd09:0:0:2::beef"))
    }

    @Test func nothingPassesBeforeAdmissionNorAfterRevocation() throws {
        let hosts = try Hosts("b", guests: 1)
        try hosts.onHost { try Self.firewall().load() }
        try hosts.attach(0)
        #expect(try !reaches(hosts.guests[0], "169.254.1.1"))
        try hosts.onHost { try Self.firewall().admit(hosts.name(0)) }
        #expect(try reaches(hosts.guests[0], "169.254.1.1"))
        try hosts.onHost { try Self.firewall().load() }  // as a node that starts again does
        #expect(try reaches(hosts.guests[0], "169.254.1.1"), "a reload keeps who was admitted")
        try hosts.onHost { try Self.firewall().revoke(hosts.name(0)) }
        #expect(try !reaches(hosts.guests[0], "169.254.1.1"))
    }

    @Test func guestsDoNotReachEachOtherNorTheHostsServices() throws {
        let hosts = try Hosts("c", guests: 2)
        try hosts.onHost {
            try Self.firewall().load()
            for index in 0..<2 { try Self.firewall().admit(hosts.name(index)) }
        }
        for index in 0..<2 { try hosts.attach(index) }
        for address in ["10.9.0.3", "fd09:0:0:3::1"] { #expect(try !reaches(hosts.guests[0], address), "\(address)") }
        // A service on every address of the host: reached by the host itself, not by a guest.
        let null = try Descriptor.open("/dev/null", .readWrite)
        let server = try Program.start("/usr/sbin/ip", ["netns", "exec", hosts.host, "busybox", "httpd", "-f", "-p", "7777", "-h", "/usr/share/doc"], descriptors: [null.number, null.number, null.number])
        defer {
            try? server.signal(9)  // it may have ended
            _ = try? server.wait()  // likewise
        }
        var answers = false
        for _ in 0..<50 where !answers {
            answers = try inside(hosts.host, "curl", "-s", "--max-time", "1", "http://127.0.0.1:7777/").isSuccess
            if !answers { Thread.sleep(forTimeInterval: 0.1) }
        }
        #expect(answers)
        #expect(try !inside(hosts.guests[0], "curl", "-s", "--max-time", "1", "http://169.254.1.1:7777/").isSuccess)
    }

    @Test func aForgedSourceIsDroppedAndCounted() throws {
        let hosts = try Hosts("d", guests: 1)
        try hosts.onHost {
            try Self.firewall().load()
            try Self.firewall().admit(hosts.name(0))
        }
        try hosts.attach(0)
        for (family, forged, gateway) in [("-4", "10.9.0.77", "169.254.1.1"), ("-6", "fd09:0:0:77::1", "fe80::1%eth0")] {
            try inside(hosts.guests[0], "ip", "address", "add", forged, "dev", "eth0")
            #expect(try !inside(hosts.guests[0], "ping", family, "-c", "1", "-W", "1", "-I", forged, gateway).isSuccess, "\(forged)")
        }
        let rules = try said(hosts.host, "nft", "list", "chain", "inet", "rtn", "source")
        let counted = try #require(rules.split(separator: "\n").first { $0.contains("fib") })
        #expect(!counted.contains("packets 0 "), "\(counted)")
    }

    @Test func attachingAgainReplacesAndDetachingTwiceIsSuccess() throws {
        let hosts = try Hosts("e", guests: 1)
        try hosts.onHost { try Self.firewall().load() }
        for _ in 0..<20 { try hosts.attach(0) }
        #expect(try hosts.onHost { try NetlinkSocket().links(withPrefix: "rtn") } == [hosts.name(0)])
        for _ in 0..<2 {
            try hosts.onHost {
                try NetlinkSocket().deleteLink(hosts.name(0))
                try Self.firewall().revoke(hosts.name(0))
            }
        }
        #expect(try hosts.onHost { try NetlinkSocket().links(withPrefix: "rtn") } == [])
        #expect(try !said(hosts.host, "ip", "route").contains("10.9.0.2"))
    }

    @Test func othersRulesAreLeftAlone() throws {
        let hosts = try Hosts("f", guests: 0)
        try inside(hosts.host, "nft", "add", "table", "inet", "somebody")
        try inside(hosts.host, "nft", "add", "set", "inet", "somebody", "s", "{ type ifname; }")
        let before = try said(hosts.host, "nft", "list", "table", "inet", "somebody")
        try hosts.onHost {
            try Self.firewall().load()
            try Self.firewall().admit("rtnx")
            try Self.firewall().remove()
            try Self.firewall().remove()
        }
        #expect(try said(hosts.host, "nft", "list", "ruleset") == before)
    }
}
