/// Bytes as lower-case hexadecimal digits, two each.
package enum Hexadecimal {
    package static func text(_ bytes: some Sequence<UInt8>) -> String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    /// Nil: it is something else, or an odd number of digits. Capital letters are taken.
    package static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count % 2 == 0, !digits.contains(nil) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8((digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0)) }
    }

    /// 64 random bits.
    package static func randomID() -> String { text((0..<8).map { _ in UInt8.random(in: .min ... .max) }) }
}
