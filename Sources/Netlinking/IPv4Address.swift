/// In dotted decimal: four numbers without leading zeros, nothing else.
package struct IPv4Address: Hashable, Sendable, CustomStringConvertible {
    /// Most significant byte first.
    package let bytes: [UInt8]

    package init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) { bytes = [a, b, c, d] }

    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(Self.number)
        guard parts.count == 4 else { return nil }
        bytes = parts.compactMap { $0 }
        guard bytes.count == 4 else { return nil }
    }

    package init?(networkBytes: some Collection<UInt8>) {
        guard networkBytes.count == 4 else { return nil }
        bytes = Array(networkBytes)
    }

    private static func number(_ text: Substring) -> UInt8? {
        guard (1...3).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text == "0" || !text.hasPrefix("0") else { return nil }
        return UInt8(text)
    }

    package var description: String { bytes.map(String.init).joined(separator: ".") }
}
