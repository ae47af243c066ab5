/// How one VPS is linked: a routed pair, no shared layer 2. The guest's gateways are the host's end; nothing on the way is
/// resolved by ARP or neighbour discovery, since both ends know the other's hardware address.
package struct GuestLink: Sendable, Equatable {
    package var hostName: String
    /// "10.66.0.2"
    package var ipv4: String?
    /// The guest's own address within the routed prefix, and the prefix's length.
    package var ipv6: String?
    package var ipv6PrefixLength: Int

    package static let guestName = "eth0"
    package static let gateway4 = "169.254.1.1"
    package static let gateway6 = "fe80::1"
    static let guestLocal6 = "fe80::2"

    package init(hostName: String, ipv4: String?, ipv6: String?, ipv6PrefixLength: Int) {
        self.hostName = hostName
        self.ipv4 = ipv4
        self.ipv6 = ipv6
        self.ipv6PrefixLength = ipv6PrefixLength
    }

    /// Locally administered, from the name: the same at each start. FNV-1a; an accident of two hosts' ends alike would
    /// harm nobody, as no two share a wire.
    var hostMAC: String { mac(second: 0x01) }
    var guestMAC: String { mac(second: 0x02) }

    private func mac(second: UInt8) -> String {
        var hash: UInt32 = 2_166_136_261
        for byte in hostName.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        let octets = [0x02, second] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: hash >> UInt32($0)) }
        return octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
    }

    /// Written before the host's end goes up. Strict reverse path, no router advertisements taken, nothing answered for others.
    var hostSettings: [(path: String, value: String)] {
        let v4 = "/proc/sys/net/ipv4/conf/\(hostName)", v6 = "/proc/sys/net/ipv6/conf/\(hostName)"
        return [("\(v4)/forwarding", "1"), ("\(v4)/rp_filter", "1"), ("\(v4)/route_localnet", "0"), ("\(v4)/send_redirects", "0"), ("\(v4)/accept_redirects", "0"),
                ("\(v4)/proxy_arp", "0"), ("\(v4)/arp_ignore", "2"), ("\(v4)/arp_filter", "1"),
                ("\(v6)/addr_gen_mode", "1"), ("\(v6)/accept_ra", "0"), ("\(v6)/accept_redirects", "0"), ("\(v6)/accept_dad", "0"), ("\(v6)/forwarding", "1")]
    }
}
