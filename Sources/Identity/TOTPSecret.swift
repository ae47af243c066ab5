internal import Crypto
package import Domain

/// What a user's authenticator and we share (RFC 6238): SHA-1, six digits, thirty seconds, as every authenticator has it.
package struct TOTPSecret: Sendable {
    /// In digits of Base32 (RFC 4648), of 5 bits: from 160 bits, as RFC 4226 would have it, on.
    package static let length = 32...128
    private static let seconds: Int64 = 30
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    package let text: String
    private let key: [UInt8]

    /// Nil: it is too short, or no Base32.
    package init?(_ text: String) {
        let values = text.utf8.compactMap { Self.alphabet.firstIndex(of: $0) }
        guard Self.length.contains(text.utf8.count), values.count == text.utf8.count else { return nil }
        self.text = text
        key = Self.bytes(values)
    }

    /// Which step of time `code` is of: the one at `milliseconds` since 1970, the one before or the one after, as clocks differ.
    /// Only one after `last`: none is taken twice. Nil: of none of them.
    package func step(of code: LoginCode, at milliseconds: Int64, after last: Int64?) -> Int64? {
        let now = milliseconds / 1000 / Self.seconds
        return (now - 1...now + 1).first { $0 > last ?? .min && self.code(at: $0) == code.text }
    }

    package func code(at step: Int64) -> String {
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }, using: SymmetricKey(data: key)))
        let offset = Int(mac[mac.count - 1] & 15)
        let number = mac[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
        let text = String(number % (0..<LoginCode.digits).reduce(1) { power, _ in power * 10 })
        return String(repeating: "0", count: LoginCode.digits - text.utf8.count) + text
    }

    /// What is left over of the last byte is dropped.
    private static func bytes(_ values: [Int]) -> [UInt8] {
        var (bytes, bits, count) = ([UInt8](), 0, 0)
        for value in values {
            bits = (bits << 5 | value) & 0xFFF
            count += 5
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> count))
        }
        return bytes
    }
}
