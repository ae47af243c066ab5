internal import Domain
internal import Testing

struct WebhookTests {
    @Test("What is no address of the public Internet's is not reached, and what is, is", arguments: [
        ("a public one", "93.184.215.14", true), ("another", "1.1.1.1", true), ("before 10/8", "9.255.255.255", true), ("after 10/8", "11.0.0.0", true), ("private", "10.0.0.1", false), ("private", "172.16.0.1", false),
        ("after 172.16/12", "172.32.0.1", true), ("private", "192.168.255.255", false), ("behind a provider's NAT", "100.64.0.1", false), ("after it", "100.128.0.1", true), ("loopback", "127.0.0.1", false), ("all of it", "127.255.255.254", false),
        ("a cloud's metadata", "169.254.169.254", false), ("unspecified", "0.0.0.0", false), ("this network", "0.1.2.3", false), ("documentation", "192.0.2.1", false), ("documentation", "198.51.100.7", false), ("documentation", "203.0.113.7", false),
        ("protocols'", "192.0.0.8", false), ("6to4 relays", "192.88.99.1", false), ("measurements", "198.19.0.1", false), ("multicast", "224.0.0.1", false), ("reserved", "240.0.0.1", false), ("broadcast", "255.255.255.255", false),
        ("a public IPv6 one", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", true), ("the last", "3ffe:ffff::1", true), ("loopback", "::1", false), ("unspecified", "::", false), ("an IPv4 one in it", "::ffff:93.184.215.14", false), ("a private one in it", "::ffff:10.0.0.1", false),
        ("as digits", "::ffff:7f00:1", false), ("compatible", "::127.0.0.1", false), ("compatible, as digits", "::7f00:1", false), ("NAT64 of a public one", "64:ff9b::5db8:d70e", false), ("NAT64 of loopback", "64:ff9b::7f00:1", false),
        ("NAT64 of a private one", "64:ff9b::a00:1", false), ("NAT64 of a network's own", "64:ff9b:1::5db8:d70e", false), ("beside NAT64", "64:ff9b::1:5db8:d70e", false), ("6to4 of loopback", "2002:7f00:1::1", false), ("6to4", "2002:5db8:d70e::1", false),
        ("Teredo", "2001:0:5db8:d70e::1", false), ("ORCHID", "2001:20::1", false), ("documentation", "2001:db8::1", false), ("documentation", "3fff::1", false), ("unique local", "fd66:6006::1", false), ("unique local", "fc00::1", false),
        ("of a link", "fe80::1", false), ("of a link, with a zone", "fe80::1%eth0", false), ("site-local", "fec0::1", false), ("multicast", "ff02::1", false), ("discard", "100::1", false), ("segment routing", "5f00::1", false),
        ("a name", "localhost", false), ("octal", "0177.0.0.1", false), ("short", "127.1", false), ("a number", "2130706433", false), ("nothing", "", false),
    ])
    func reach(label: String, address: String, isReached: Bool) {
        #expect(WebhookReach().admits(address, isSecure: true) == isReached, "\(label) \(address)")
        #expect(!WebhookReach().admits(address, isSecure: false), "nothing without TLS: \(label) \(address)")
    }

    @Test("What the settings name is reached although it is private, and the platform's own VPSes are not although they are public", arguments: [
        ("named", "10.0.0.7", true, true), ("beside it", "10.0.1.7", false, false), ("named, as a socket of both families has it", "::ffff:10.0.0.7", true, true), ("named, IPv6", "fd00::7", true, true), ("a VPS", "93.184.215.14", false, false),
        ("a VPS, IPv6", "2606:2800::7", false, false), ("a VPS in a wider network that is named", "172.20.1.7", false, false), ("beside it", "172.20.2.7", true, true), ("a VPS that is named", "198.51.100.7", true, true), ("somebody's", "1.1.1.1", true, false), ("this host", "127.0.0.1", false, false),
    ])
    func settings(label: String, address: String, isReached: Bool, isPlainly: Bool) throws {
        let reach = WebhookReach(
            privateNetworks: [try Network("10.0.0.0/24"), try Network("fd00::/64"), try Network("198.51.100.7/32"), try Network("172.20.0.0/16")], pools: [try Network("172.20.1.0/24"), try Network("93.184.215.0/24"), try Network("2606:2800::/32"), try Network("198.51.100.0/24")])
        #expect(reach.admits(address, isSecure: true) == isReached && reach.admits(address, isSecure: false) == isPlainly, "\(label)")
        #expect(!reach.ofTenants.admits(address, isSecure: false) && reach.ofTenants.admits(address, isSecure: true) == (label == "somebody's"), "a tenant's: \(label)")
        #expect(reach.admits(address, isSecure: true, isOwn: true) == isPlainly, "this host's own only where it is named: \(label)")
    }

    @Test("Where a webhook goes", arguments: [
        ("https://example.com", "example.com", 443, "/"), ("https://example.com/", "example.com", 443, "/"), ("http://panel.internal:8080/hooks?a=b&c=%20", "panel.internal", 8080, "/hooks?a=b&c=%20"), ("https://127.0.0.1:1/x", "127.0.0.1", 1, "/x"),
        ("https://[2001:DB8::1]:65535/", "2001:db8::1", 65535, "/"), ("https://localhost/@me:x", "localhost", 443, "/@me:x"), ("https://a-b.C3/", "a-b.C3", 443, "/"),
    ])
    func urls(text: String, host: String, port: Int, target: String) throws {
        let url = try WebhookURL(text)
        #expect((url.text, url.host, url.port, url.target, url.isSecure) == (text, host, port, target, text.hasPrefix("https")))
        #expect(text == url.origin || text == url.origin + target)
    }

    static let noURLs = [
        "", "example.com", "ftp://example.com/", "HTTPS://example.com/", "https:/example.com", "https://", "https:///x", "https://user@example.com/", "https://user:password@example.com/", "https://example.com/#part", "https://example.com:0/",
        "https://example.com:65536/", "https://example.com:/", "https://example.com:080/", "https://exa mple.com/", "https://example.com/a b", "https://example.com/\r\nX: y", "https://example.com\\@evil/", "https://exämple.com/", "https://-a.com/", "https://a-.com/",
        "https://a..com/", "https://a.com./", "https://_a.com/", "https://[::1/", "https://[fe80::1%25eth0]/", "https://[::ffff:10.0.0.1]/", "https://[1.2.3.4]/", "https://::1/", "https://example.com?x", "https://example.com/\u{0}", "https://example.com/e\u{301}",
        "https://example.com/\(String(repeating: "a", count: 1024))", "https://\(String(repeating: "a", count: 64)).com/", " https://example.com/", "https://example.com/\n", "file:///etc/passwd", "gopher://example.com/",
    ]

    @Test("What is no such place is refused", arguments: noURLs)
    func noURL(text: String) { #expect(throws: WebhookURLProblem.self) { try WebhookURL(text) } }

    @Test("Kinds of events are chosen one by one, or by how they begin", arguments: [
        ("vps.created", "vps.created", true), ("vps.created", "vps.created.late", false), ("vps.", "vps.created", true), ("vps.", "vps.stop.requested", true), ("vps.stop.", "vps.stopped", false), ("vps.stop.", "vps.stop.requested", true), ("vps.", "tenant.created", false),
    ])
    func kinds(choice: String, kind: String, isIncluded: Bool) throws { #expect(try EventChoice(choice).includes(kind) == isIncluded) }

    @Test("What is no kind, nor the beginning of one, is refused", arguments: ["", "vps", ".", "vps..", ".vps", "VPS.", "vps.*", "*", "vps.a b", "vps.\n", "vps.é", "a.\(String(repeating: "b", count: 63))"])
    func noKind(text: String) { #expect(throws: EventChoiceProblem.self) { try EventChoice(text) } }
}
