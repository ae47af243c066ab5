/// RFC 4291's text in, RFC 5952's text out. No zone, no embedded IPv4.
package struct IPv6Address: Hashable, Sendable, CustomStringConvertible {
    /// Most significant byte first; 16.
    package let bytes: [UInt8]

    package init?(networkBytes: some Collection<UInt8>) {
        guard networkBytes.count == 16 else { return nil }
        bytes = Array(networkBytes)
    }

    private init(groups: [UInt16]) { bytes = groups.flatMap(network) }

    package init?(_ text: String) {
        let halves = Self.halves(text)
        guard let left = halves.first.flatMap(Self.groups), let right = halves.count == 2 ? Self.groups(halves[1]) : [] else { return nil }
        switch halves.count {
        case 1 where left.count == 8: self.init(groups: left)
        case 2 where left.count + right.count <= 7: self.init(groups: left + Array(repeating: 0, count: 8 - left.count - right.count) + right)
        default: return nil
        }
    }

    /// What stands left and right of "::"; one part if it is not there; none if it is there twice.
    private static func halves(_ text: String) -> [Substring] {
        let bytes = Array(text.utf8)
        let gaps = bytes.indices.dropLast().filter { bytes[$0] == 0x3a && bytes[$0 + 1] == 0x3a }
        switch gaps.count {
        case 0: return [text[...]]
        case 1: return [text.prefix(gaps[0]), text.dropFirst(gaps[0] + 2)]
        default: return []
        }
    }

    private static func groups(_ text: Substring) -> [UInt16]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let groups = parts.compactMap { part in
            (1...4).contains(part.utf8.count) && part.utf8.allSatisfy(isHexadecimal) ? UInt16(part, radix: 16) : nil
        }
        return groups.count == parts.count ? groups : nil
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    /// The /64 that it lies in: what is routed to one VPS.
    package var prefix64: IPv6Address { IPv6Address(groups: Array(groups.prefix(4)) + [0, 0, 0, 0]) }

    package static let unspecified = IPv6Address(groups: Array(repeating: 0, count: 8))

    package static func linkLocal(_ interface: [UInt8]) -> IPv6Address? { IPv6Address(networkBytes: [0xfe, 0x80, 0, 0, 0, 0, 0, 0] + interface) }

    private var groups: [UInt16] { stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) } }

    package var description: String {
        let groups = groups
        let gap = Self.longestZeros(groups)
        func text(_ range: Range<Int>) -> String { groups[range].map { String($0, radix: 16) }.joined(separator: ":") }
        return gap.isEmpty ? text(0..<8) : "\(text(0..<gap.lowerBound))::\(text(gap.upperBound..<8))"
    }

    /// The first of the longest rows of at least two zero groups.
    private static func longestZeros(_ groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        for index in 0...8 where index == 8 || groups[index] != 0 {
            if index - start > max(best.count, 1) { best = start..<index }
            start = index + 1
        }
        return best
    }
}
