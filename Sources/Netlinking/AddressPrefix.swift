/// `10.66.0.0/16`: an address and how many of its first bits count; the others must be zero.
package struct IPv4Prefix: Hashable, Sendable, CustomStringConvertible {
    package let address: IPv4Address
    package let length: Int

    package init?(_ text: String) {
        guard let (addressText, length) = splitPrefix(text, longest: 32), let address = IPv4Address(addressText), hasNoBits(address.bytes, after: length) else { return nil }
        self.address = address
        self.length = length
    }

    /// Nobody outside routes to it, so what leaves must be translated: RFC 1918, and RFC 6598's shared space.
    package var isPrivate: Bool {
        ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].compactMap(IPv4Prefix.init).contains { $0.contains(self) }
    }

    package func contains(_ other: IPv4Address) -> Bool { sameBits(address.bytes, other.bytes, first: length) }
    package func contains(_ other: IPv4Prefix) -> Bool { other.length >= length && sameBits(address.bytes, other.address.bytes, first: length) }

    package var description: String { "\(address)/\(length)" }
}

package struct IPv6Prefix: Hashable, Sendable, CustomStringConvertible {
    package let address: IPv6Address
    package let length: Int

    package init?(_ text: String) {
        guard let (addressText, length) = splitPrefix(text, longest: 128), let address = IPv6Address(addressText), hasNoBits(address.bytes, after: length) else { return nil }
        self.address = address
        self.length = length
    }

    /// RFC 4193's unique local addresses.
    package var isPrivate: Bool { length >= 7 && sameBits(address.bytes, [0xfc], first: 7) }

    package func contains(_ other: IPv6Address) -> Bool { sameBits(address.bytes, other.bytes, first: length) }

    package var description: String { "\(address)/\(length)" }
}

private func splitPrefix(_ text: String, longest: Int) -> (String, Int)? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let length = Int(parts[1]), (0...longest).contains(length), String(length) == parts[1] else { return nil }
    return (String(parts[0]), length)
}

private func sameBits(_ one: [UInt8], _ other: [UInt8], first count: Int) -> Bool {
    (0..<count).allSatisfy { (one[$0 / 8] ^ other[$0 / 8]) & (0x80 >> ($0 % 8)) == 0 }
}

private func hasNoBits(_ bytes: [UInt8], after length: Int) -> Bool {
    (length..<bytes.count * 8).allSatisfy { bytes[$0 / 8] & (0x80 >> ($0 % 8)) == 0 }
}
