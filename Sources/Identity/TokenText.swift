internal import Crypto
internal import Domain

/// What a caller shows to be let in: `roost_<id>_<secret>`. The id finds the record; the secret is 256 random bits, of which
/// only the SHA-256 hash is kept: it needs no slow hash, as nobody can try them out.
package struct TokenText: Sendable {
    package let id: String
    private let secret: [UInt8]

    private static let prefix = "roost"
    private static let idDigits = 16
    private static let secretBytes = 32

    package static func random() -> TokenText {
        TokenText(id: Hexadecimal.randomID(), secret: RandomBytes.of(secretBytes))
    }

    private init(id: String, secret: [UInt8]) {
        self.id = id
        self.secret = secret
    }

    /// Nil: it has not a token's form.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false).map { String(Substring($0)) }  // by bytes, for each request: to find Characters took a twentieth of its time
        guard parts.count == 3, parts[0] == Self.prefix, parts[1].utf8.count == Self.idDigits, Self.bytes(parts[1]) != nil, let secret = Self.bytes(parts[2]), secret.count == Self.secretBytes else { return nil }
        self.init(id: parts[1], secret: secret)
    }

    /// Shown once, when it is made.
    package var text: String { "\(Self.prefix)_\(id)_\(Hexadecimal.text(secret))" }

    package var hash: [UInt8] { Array(SHA256.hash(data: secret)) }

    /// In a time that does not depend on where they differ.
    package func matches(_ hash: [UInt8]) -> Bool {
        let own = self.hash
        guard own.count == hash.count else { return false }
        return zip(own, hash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Of lower-case digits only, so that each token has one form.
    private static func bytes(_ text: String) -> [UInt8]? {
        guard let bytes = Hexadecimal.bytes(text), Hexadecimal.text(bytes) == text else { return nil }
        return bytes
    }
}
