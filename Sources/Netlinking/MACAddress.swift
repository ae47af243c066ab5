/// Of an Ethernet interface.
package struct MACAddress: Hashable, Sendable, CustomStringConvertible {
    /// Six.
    package let bytes: [UInt8]

    /// Locally administered and not a group's; the same for the same text: FNV-1a, 64 bits, folded to 48. Two VPSes may
    /// share one without harm, as no two links share a wire.
    package init(derivedFrom text: String) {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        var bytes = Array(network(hash ^ hash >> 48).suffix(6))
        bytes[0] = bytes[0] & 0xfc | 0x02
        self.bytes = bytes
    }

    /// The link-local address that Linux gives an interface with this MAC unless told otherwise (RFC 4291, appendix A).
    package var linkLocalAddress: IPv6Address {
        let interface = [bytes[0] ^ 0x02, bytes[1], bytes[2], 0xff, 0xfe, bytes[3], bytes[4], bytes[5]]
        return IPv6Address.linkLocal(interface) ?? .unspecified  // eight bytes always make one
    }

    package var description: String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":") }
}
