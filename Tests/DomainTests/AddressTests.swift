internal import Domain
internal import Testing

struct AddressTests {
    @Test("IPv4 addresses are read strictly", arguments: [
        ("0.0.0.0", 0), ("255.255.255.255", UInt32.max), ("10.66.0.2", 0x0A42_0002), ("1.2.3", nil), ("1.2.3.4.5", nil), ("01.2.3.4", nil), ("256.1.1.1", nil), ("1.2.3.", nil), ("+1.2.3.4", nil),
        ("0x1.2.3.4", nil), ("١.2.3.4", nil), (" 1.2.3.4", nil), ("", nil),
    ] as [(String, UInt32?)])
    func ipv4(text: String, value: UInt32?) {
        #expect(IPv4Address(text)?.value == value)
        if value != nil { #expect(IPv4Address(text)?.description == text) }
    }

    @Test("IPv6 addresses are read, and written as RFC 5952 says", arguments: [
        ("::", "::"), ("::1", "::1"), ("fd66:6006:0::", "fd66:6006::"), ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"),
        ("1::8", "1::8"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("0:0:0:0:0:0:0:0", "::"),
        (":", nil), (":::", nil), ("1::2::3", nil), ("1:2:3:4:5:6:7", nil), ("1:2:3:4:5:6:7:8:9", nil), ("1:2:3:4:5:6:7:8::", nil), ("12345::", nil), ("g::", nil), ("fe80::1%eth0", nil), ("::1.2.3.4", nil), (":1::2", nil), ("1:", nil), ("", nil),
    ] as [(String, String?)])
    func ipv6(text: String, canonical: String?) {
        #expect(IPv6Address(text)?.description == canonical)
    }

    @Test("What is written is read as the same", arguments: UInt64(1)...200)
    func roundTrip(seed: UInt64) {
        var random = SplitMix(state: seed)
        let mask = random.next() | random.next()
        let address = IPv6Address(high: random.next() & mask, low: random.next() & ~mask)
        #expect(IPv6Address(address.description) == address)
    }

    @Test("Networks are read in CIDR notation, without host bits", arguments: [
        ("10.0.0.0/8", nil), ("0.0.0.0/0", nil), ("1.2.3.4/32", nil), ("fd66:6006:0::/48", nil), ("::/0", nil), ("fd66::1/128", nil),
        ("10.0.0.1/24", .hostBits("10.0.0.1/24")), ("fd66::1/64", .hostBits("fd66::1/64")), ("fd66:0:0:1::/48", .hostBits("fd66:0:0:1::/48")),
        ("10.0.0.0/33", .notCIDR("10.0.0.0/33")), ("10.0.0.0", .notCIDR("10.0.0.0")), ("10.0.0.0/-1", .notCIDR("10.0.0.0/-1")), ("fd66::/129", .notCIDR("fd66::/129")), ("a/8", .notCIDR("a/8")),
    ] as [(String, NetworkProblem?)])
    func networks(text: String, problem: NetworkProblem?) {
        if let problem { #expect(throws: problem) { try Network(text) } } else { #expect(throws: Never.self) { try Network(text) } }
    }

    @Test("A pool leaves out network, broadcast and first host address")
    func pool() throws {
        let pool = try AddressPool(Network("10.66.0.0/29"))
        #expect(pool.slots.map { pool.address(slot: $0) } == ["10.66.0.2", "10.66.0.3", "10.66.0.4", "10.66.0.5", "10.66.0.6"])
        let small = try AddressPool(Network("10.66.0.4/30"))
        #expect(small.slots.map { small.address(slot: $0) } == ["10.66.0.6"])
        let wide = try AddressPool(Network("fd66:6006::/48"))
        #expect(wide.address(slot: 1) == "fd66:6006:0:1::1")
        #expect(wide.slots.upperBound == 65_535)
    }

    @Test(arguments: [("10.66.0.2", "10.66.0.2" as String?), ("fd66:6006:0:3::1", "fd66:6006:0:3::1"), ("FD66:6006:0:3:1:2:3:4", "fd66:6006:0:3::1"), ("10.66.0", nil), ("web1", nil), ("", nil)])
    func anAddressIsFoundAsItWasLeased(text: String, leased: String?) { #expect(AddressPool.leasedForm(of: text) == leased) }

    @Test("Networks that are no pools are refused", arguments: [("10.0.0.0/31", "4"), ("10.0.0.0/32", "4"), ("fd66::/64", "6"), ("0.0.0.0/0", "4"), ("::/0", "6")])
    func notPools(text: String, family: String) {
        #expect(throws: NetworkProblem.self) { try AddressPool.parse(ipv4: family == "4" ? [text] : [], ipv6: family == "6" ? [text] : []) }
    }

    @Test("Pools that overlap, or stand in the other family's list, are refused")
    func overlap() {
        #expect(throws: NetworkProblem.overlap("10.0.0.0/8", "10.66.0.0/16")) { try AddressPool.parse(ipv4: ["10.0.0.0/8", "10.66.0.0/16"], ipv6: []) }
        #expect(throws: NetworkProblem.overlap("fd66::/32", "fd66:0:1::/48")) { try AddressPool.parse(ipv4: [], ipv6: ["fd66::/32", "fd66:0:1::/48"]) }
        #expect(throws: NetworkProblem.wrongFamily("fd66::/48", expected: "ipv4")) { try AddressPool.parse(ipv4: ["fd66::/48"], ipv6: []) }
    }

    @Test("The lowest free number is the lowest that is not taken", arguments: UInt64(1)...100)
    func lowest(seed: UInt64) {
        var random = SplitMix(state: seed)
        let range = Int64(2)...Int64(Int.random(in: 2...40, using: &random))
        let taken = (Int64(0)...45).filter { _ in Int.random(in: 0..<8, using: &random) != 0 }
        #expect(lowestFree(in: range, taken: taken) == range.first { !taken.contains($0) })
    }
}

struct SSHPublicKeyTests {
    static let ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE2ZTKhBfmqBkXHqSPCwDgGE2iPzAR7ZUTb0f8MtJSmH"

    @Test("A key is taken as it is, with or without a comment", arguments: [ed25519, ed25519 + " me@here", ed25519 + " два слова", ed25519 + "\n"])
    func good(text: String) throws {
        #expect(try SSHPublicKey(text).line == text.split(separator: "\n").joined())
    }

    @Test("Anything else is refused", arguments: [
        ("options", "command=\"id\" " + ed25519), ("two lines", ed25519 + "\n" + ed25519), ("carriage return", ed25519 + "\rx y"), ("NUL", ed25519 + " a\0b"), ("unknown type", "ssh-dss AAAA"), ("no key", "ssh-ed25519"),
        ("not base64", "ssh-ed25519 A*AA"), ("another type's blob", "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIE2ZTKhBfmqBkXHqSPCwDgGE2iPzAR7ZUTb0f8MtJSmH"), ("empty", ""), ("leading space", " " + ed25519), ("line separator", ed25519 + " a\u{2028}b"),
        ("right-to-left override", ed25519 + " \u{202E}x"), ("64 KiB", ed25519 + " " + String(repeating: "x", count: 65_536)), ("tab for a space", "ssh-ed25519\tAAAA"), ("truncated blob", "ssh-ed25519 AAAAC3Nz"),
    ])
    func bad(label: String, text: String) {
        #expect(throws: SSHPublicKeyProblem.self, "\(label)") { try SSHPublicKey(text) }
    }
}
