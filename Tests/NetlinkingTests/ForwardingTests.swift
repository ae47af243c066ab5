import Kernel
import Netlinking
import Testing

// Needs root.
@Suite struct ForwardingTests {
    @Test func aHostThatListenedToRoutersStillDoesWhenItForwards() throws {
        let host = try NetworkNamespace.make()
        _ = try host.ip("link add wan0 type veth peer name wan1")
        let rows = try host.attempt {
            func acceptance() throws -> [String] { try ["wan0", "wan1"].map { try HostFile.readText("/proc/sys/net/ipv6/conf/\($0)/accept_ra") } }
            try HostFile.write("1", to: "/proc/sys/net/ipv6/conf/wan0/accept_ra")
            try HostFile.write("0", to: "/proc/sys/net/ipv6/conf/wan1/accept_ra")
            let socket = try NetlinkSocket(.route)
            try HostForwarding.enable(host: socket)
            let first = try (HostForwarding.observe(), acceptance())
            try HostForwarding.enable(host: socket)
            return [first, try (HostForwarding.observe(), acceptance())]
        }
        for row in rows {
            #expect(row.0 == HostForwarding(ipv4: true, ipv6: true))
            #expect(row.1 == ["2\n", "0\n"])
        }
    }

    @Test func whatIsOffIsSeenAsOff() throws {
        let host = try NetworkNamespace.make()
        let isOff = try host.attempt {
            for path in [HostForwarding.path4, HostForwarding.path6] { try HostFile.write("0", to: path) }
            return try HostForwarding.observe()
        }
        #expect(isOff == HostForwarding(ipv4: false, ipv6: false))
    }
}
