import Testing

@testable import NodeEngine

struct NameServerTests {
    @Test(arguments: [
        ("nothing", "", []), ("one", "nameserver 192.0.2.53\n", ["192.0.2.53"]), ("tabs, comments, options", "# nameserver 9.9.9.9\noptions rotate\nnameserver\t2001:db8::53\n", ["2001:db8::53"]),
        ("systemd-resolved's own", "nameserver 127.0.0.53\n", []), ("the host's own and another", "nameserver ::1\nnameserver 192.0.2.53", ["192.0.2.53"]), ("a line cut short", "nameserver", []),
    ] as [(String, String, [String])])
    func aGuestGetsThoseThatItCanReach(label: String, text: String, servers: [String]) { #expect(Host.reachableNameServers(text) == servers, "\(label)") }
}
