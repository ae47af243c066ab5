internal import Crypto
internal import CryptoExtras
internal import Domain
internal import Foundation

/// scrypt (RFC 7914) of a password that somebody chose, in the form that others write, too: `$scrypt$ln=15,r=8,p=1$SALT$HASH`.
/// It takes 128 · 8 · 2^ln bytes, 32 MiB with the usual cost, and a tenth of a second: not on a thread that serves others.
package struct PasswordHash: Sendable {
    /// The binary logarithm of its rounds, `ln`.
    package static let usualCost = 15
    private static let blockSize = 8
    private static let length = 32

    package let text: String
    private let cost: Int
    private let salt: [UInt8]
    private let hash: [UInt8]

    package init(of password: String, cost: Int = usualCost) throws {
        let salt = RandomBytes.of(16)
        self.init(cost: cost, salt: salt, hash: try Self.derive(password, salt, cost))
    }

    private init(cost: Int, salt: [UInt8], hash: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
        text = "$scrypt$ln=\(cost),r=\(Self.blockSize),p=1$\(Self.base64(salt))$\(Self.base64(hash))"
    }

    /// Nil: it is none of ours.
    package init?(_ text: String) {
        guard let parts = text.wholeMatch(of: /\$scrypt\$ln=([0-9]{1,2}),r=8,p=1\$([A-Za-z0-9+\/]{22})\$([A-Za-z0-9+\/]{43})/), let cost = Int(parts.1), (1...20).contains(cost) else { return nil }
        guard let salt = Data(base64Encoded: parts.2 + "=="), let hash = Data(base64Encoded: parts.3 + "=") else { return nil }
        self.init(cost: cost, salt: Array(salt), hash: Array(hash))
    }

    /// In a time that does not depend on where they differ.
    package func matches(_ password: String) throws -> Bool { zip(try Self.derive(password, salt, cost), hash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0 }

    static func derive(_ password: String, _ salt: [UInt8], _ cost: Int) throws -> [UInt8] {
        try unsafe KDF.Scrypt.deriveKey(from: Array(password.utf8), salt: salt, outputByteCount: length, rounds: 1 << cost, blockSize: blockSize, parallelism: 1).withUnsafeBytes { unsafe Array($0) }
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString().replacing("=", with: "") }
}
