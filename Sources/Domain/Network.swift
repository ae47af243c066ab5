/// A network in CIDR notation. Bits behind the prefix must be zero: `10.0.0.1/24` is a mistake, not a network.
package enum Network: Hashable, Sendable, CustomStringConvertible {
    case ipv4(IPv4Address, prefix: Int)
    case ipv6(IPv6Address, prefix: Int)

    package init(_ text: String) throws(NetworkProblem) {
        let network = try Network(masking: text)
        guard try Network(parsing: text) == network else { throw .hostBits(text) }
        self = network
    }

    /// The network that an address is in: `10.0.0.1/24` is `10.0.0.0/24`.
    package init(masking text: String) throws(NetworkProblem) {
        switch try Network(parsing: text) {
        case .ipv4(let address, let prefix): self = .ipv4(IPv4Address(value: address.value & Self.mask32(prefix)), prefix: prefix)
        case .ipv6(let address, let prefix):
            self = .ipv6(IPv6Address(high: address.high & Self.mask64(min(prefix, 64)), low: address.low & Self.mask64(max(0, prefix - 64))), prefix: prefix)
        }
    }

    private init(parsing text: String) throws(NetworkProblem) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let prefix = Int(parts[1]), prefix >= 0, String(prefix) == parts[1] else { throw .notCIDR(text) }
        if let address = IPv4Address(parts[0]), prefix <= 32 {
            self = .ipv4(address, prefix: prefix)
        } else if let address = IPv6Address(parts[0]), prefix <= 128 {
            self = .ipv6(address, prefix: prefix)
        } else {
            throw .notCIDR(text)
        }
    }

    package var description: String {
        switch self {
        case .ipv4(let address, let prefix): "\(address)/\(prefix)"
        case .ipv6(let address, let prefix): "\(address)/\(prefix)"
        }
    }

    package func overlaps(_ other: Network) -> Bool {
        switch (self, other) {
        case (.ipv4(let left, let leftPrefix), .ipv4(let right, let rightPrefix)):
            return (left.value ^ right.value) & Self.mask32(min(leftPrefix, rightPrefix)) == 0
        case (.ipv6(let left, let leftPrefix), .ipv6(let right, let rightPrefix)):
            let prefix = min(leftPrefix, rightPrefix)
            return (left.high ^ right.high) & Self.mask64(min(prefix, 64)) == 0 && (left.low ^ right.low) & Self.mask64(max(0, prefix - 64)) == 0
        default: return false
        }
    }

    package func contains(_ other: Network) -> Bool { prefix <= other.prefix && overlaps(other) }

    private var prefix: Int {
        switch self {
        case .ipv4(_, let prefix), .ipv6(_, let prefix): prefix
        }
    }

    /// Whether an address in any of its forms lies in it; what is no address does not. An IPv4 address as IPv6 has it (RFC 4291,
    /// 2.5.5.2), as a socket of both families gives it, is the IPv4 address.
    package func contains(_ address: String) -> Bool {
        let plain = address.lowercased().hasPrefix("::ffff:") ? String(address.dropFirst("::ffff:".count)) : address
        switch self {
        case .ipv4(let own, let prefix): return IPv4Address(Substring(plain)).map { ($0.value ^ own.value) & Self.mask32(prefix) == 0 } ?? false
        case .ipv6(let own, let prefix):
            return IPv6Address(Substring(address)).map { ($0.high ^ own.high) & Self.mask64(min(prefix, 64)) == 0 && ($0.low ^ own.low) & Self.mask64(max(0, prefix - 64)) == 0 } ?? false
        }
    }

    private static func mask32(_ prefix: Int) -> UInt32 { prefix == 0 ? 0 : UInt32.max << UInt32(32 - prefix) }
    private static func mask64(_ prefix: Int) -> UInt64 { prefix == 0 ? 0 : UInt64.max << UInt64(64 - prefix) }
}

package enum NetworkProblem: Error, Equatable, Sendable, CustomStringConvertible {
    case notCIDR(String)
    case hostBits(String)
    case wrongFamily(String, expected: String)
    case tooSmall(String)
    case tooLarge(String)
    case overlap(String, String)

    package var description: String {
        switch self {
        case .notCIDR(let text): "\(text) is not a network such as 10.66.0.0/16 or fd66:6006::/48"
        case .hostBits(let text): "\(text) has bits set behind its prefix"
        case .wrongFamily(let text, let expected): "\(text) is not an \(expected) network"
        case .tooSmall(let text): "\(text) has no address to lease: a pool is an IPv4 network of at most /30, or an IPv6 network of at most /63"
        case .tooLarge(let text): "\(text) is too large for a pool: at least /8 (IPv4) or /16 (IPv6)"
        case .overlap(let left, let right): "the pools \(left) and \(right) overlap"
        }
    }
}
