/// Whether an address is somebody's on the public Internet. What IANA's registries of special purposes have (RFC 6890) is not: what it leads to is this host, its neighbours, or nobody.
extension IPv4Address {
    package var isPublic: Bool { !Self.special.contains { $0.contains(.ipv4(self, prefix: 32)) } }

    private static let special: [Network] = [
        network(0, 0, 8),  // this network
        network(10, 0, 8), network(172, 16, 12), network(192, 168, 16),  // private (RFC 1918)
        network(100, 64, 10),  // shared behind a provider's NAT (RFC 6598)
        network(127, 0, 8),  // this host
        network(169, 254, 16),  // of a link; where clouds keep their secrets
        .ipv4(IPv4Address(value: 192 << 24), prefix: 24),  // protocols' own
        .ipv4(IPv4Address(value: 192 << 24 | 2 << 8), prefix: 24), .ipv4(IPv4Address(value: 198 << 24 | 51 << 16 | 100 << 8), prefix: 24), .ipv4(IPv4Address(value: 203 << 24 | 113 << 8), prefix: 24),  // documentation
        .ipv4(IPv4Address(value: 192 << 24 | 88 << 16 | 99 << 8), prefix: 24),  // 6to4 relays, abandoned
        network(198, 18, 15),  // measurements
        network(224, 0, 4),  // multicast
        network(240, 0, 4),  // reserved, and broadcast
    ]

    private static func network(_ first: UInt32, _ second: UInt32, _ prefix: Int) -> Network { .ipv4(IPv4Address(value: first << 24 | second << 16), prefix: prefix) }
}

extension IPv6Address {
    /// Of 2000::/3 alone addresses are given to anybody. What stands for an IPv4 address elsewhere (NAT64, RFC 6052) is asked for as that.
    package var isPublic: Bool { high >> 61 == 1 && !Self.special.contains { $0.contains(.ipv6(self, prefix: 128)) } }

    private static let special: [Network] = [
        network(0x2001_0000, 23),  // protocols' own: Teredo, which an IPv4 address is in, ORCHID, measurements
        network(0x2001_0DB8, 32), network(0x3FFF_0000, 20),  // documentation
        network(0x2002_0000, 16),  // 6to4: any IPv4 address may be in it
    ]

    private static func network(_ first: UInt64, _ prefix: Int) -> Network { .ipv6(IPv6Address(high: first << 32, low: 0), prefix: prefix) }
}
