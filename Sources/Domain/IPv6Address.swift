/// An IPv6 address, as two halves: the routing prefix's side and the interface's.
package struct IPv6Address: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// RFC 4291 text: groups and at most one `::`; without a zone or an embedded IPv4 address.
    package init?(_ text: some StringProtocol) {
        let sides = Self.sides(of: String(text))
        guard let sides else { return nil }
        let filled = 8 - sides.left.count - sides.right.count
        guard sides.compressed ? filled >= 1 : filled == 0 else { return nil }
        let groups = sides.left + Array(repeating: 0, count: filled) + sides.right
        high = groups[0..<4].reduce(0) { $0 << 16 | UInt64($1) }
        low = groups[4..<8].reduce(0) { $0 << 16 | UInt64($1) }
    }

    private static func sides(of text: String) -> (left: [UInt16], right: [UInt16], compressed: Bool)? {
        let characters = Array(text.utf8)
        var split: Int?
        for index in characters.indices.dropLast() where characters[index] == 58 && characters[index + 1] == 58 {
            guard split == nil else { return nil }  // a second `::`, or `:::`
            split = index
        }
        guard let split else { return groups(characters[...]).map { ($0, [], false) } }
        guard let left = groups(characters[..<split]), let right = groups(characters[(split + 2)...]) else { return nil }
        return (left, right, true)
    }

    private static func groups(_ text: ArraySlice<UInt8>) -> [UInt16]? {
        if text.isEmpty { return [] }
        var groups: [UInt16] = []
        for part in text.split(separator: 58, omittingEmptySubsequences: false) {
            guard (1...4).contains(part.count), part.allSatisfy(isHexadecimal), let group = UInt16(String(decoding: part, as: UTF8.self), radix: 16), groups.count < 8 else { return nil }
            groups.append(group)
        }
        return groups
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (97...102).contains(byte) || (65...70).contains(byte)
    }

    /// RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as `::`.
    package var description: String {
        let groups = [high, low].flatMap { half in stride(from: 48, through: 0, by: -16).map { UInt16(truncatingIfNeeded: half >> UInt64($0)) } }
        let run = Self.longestZeroRun(groups)
        let hex = { (part: ArraySlice<UInt16>) in part.map { String($0, radix: 16) }.joined(separator: ":") }
        guard run.count > 1 else { return hex(groups[...]) }
        return hex(groups[..<run.lowerBound]) + "::" + hex(groups[run.upperBound...])
    }

    private static func longestZeroRun(_ groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        for index in 0...groups.count {
            if index < groups.count, groups[index] == 0 { continue }
            if index - start > best.count { best = start..<index }
            start = index + 1
        }
        return best
    }

    package static func < (left: IPv6Address, right: IPv6Address) -> Bool { (left.high, left.low) < (right.high, right.low) }
}
