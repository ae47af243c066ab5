/// The name of a network interface as this project makes them: 1 to 15 of a–z, A–Z, 0–9, not beginning with a digit.
package struct InterfaceName: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init?(_ text: String) {
        guard (1...15).contains(text.utf8.count), InterfacePrefix.isPlain(text) else { return nil }
        self.text = text
    }

    /// The host's end of a VPS's pair. `id`: a VPS's, ten characters.
    package init?(prefix: InterfacePrefix, id: String) {
        guard id.utf8.count == 10 else { return nil }
        self.init(prefix.text + id)
    }

    package static let loopback = InterfaceName(known: "lo")
    /// What a guest calls its end.
    package static let guest = InterfaceName(known: "eth0")

    private init(known: String) { text = known }

    package var description: String { text }
}

/// What the host's ends of all pairs of one instance begin with, and no other interface of the host: 1 to 5 characters,
/// to leave room for the id (IFNAMSIZ). Two instances on one host: neither prefix may begin with the other.
package struct InterfacePrefix: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init?(_ text: String) {
        guard (1...5).contains(text.utf8.count), Self.isPlain(text) else { return nil }
        self.text = text
    }

    fileprivate static func isPlain(_ text: String) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) || (0x41...0x5a).contains(byte) }
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
    }

    package var description: String { text }
}
