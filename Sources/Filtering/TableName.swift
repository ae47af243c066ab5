/// The name of the project's own nftables table: 1 to 31 of a–z, 0–9 and _, beginning with a letter.
package struct TableName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init?(_ text: String) {
        guard (1...31).contains(text.utf8.count), let first = text.utf8.first, (0x61...0x7a).contains(first),
            text.utf8.allSatisfy({ (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5f }), !Self.reserved.contains(text)
        else { return nil }
        self.text = text
    }

    /// Words that nft(8)'s grammar takes for something else at this place.
    private static let reserved: Set<String> = ["inet", "ip", "ip6", "arp", "bridge", "netdev", "table", "chain", "set", "map", "rule", "handle", "position", "comment"]

    package var description: String { text }
}
