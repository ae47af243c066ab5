/// The name of a VPS on its host: ten characters of a–z and 2–9, random. Cgroup, interface, disk, socket and firewall
/// elements are named from it, and from nothing else.
package struct VPSID: Hashable, Sendable, CustomStringConvertible {
    package static let length = 10
    package static let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789".utf8)
    package let text: String

    package init?(_ text: String) {
        guard text.utf8.count == Self.length, text.utf8.allSatisfy(Self.alphabet.contains) else { return nil }
        self.text = text
    }

    package static func random() -> VPSID {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
        return VPSID(unchecked: String(decoding: bytes, as: UTF8.self))
    }

    private init(unchecked text: String) { self.text = text }

    package var description: String { text }
}

extension VPSID: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = VPSID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a VPS id: ten characters of a–z, 2–9")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
