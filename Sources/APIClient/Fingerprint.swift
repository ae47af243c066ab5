internal import Crypto

/// SHA-256 of a certificate (its DER), as `openssl x509 -fingerprint -sha256` says it.
package struct Fingerprint: Sendable, Hashable, CustomStringConvertible {
    private let bytes: [UInt8]

    init(ofCertificate der: [UInt8]) { bytes = Array(SHA256.hash(data: der)) }

    /// 64 hexadecimal digits, with or without colons between them, after `SHA256:` or nothing. Nil: it is not that.
    package init?(_ text: String) {
        let rest = text.uppercased().hasPrefix("SHA256:") ? text.dropFirst("SHA256:".count) : Substring(text)
        let digits = rest.filter { $0 != ":" }.compactMap(\.hexDigitValue)
        guard digits.count == 64, rest.allSatisfy({ $0 == ":" || $0.isHexDigit }) else { return nil }
        bytes = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    package var description: String {
        "SHA256:" + bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }.joined(separator: ":")
    }
}
