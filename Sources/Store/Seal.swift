internal import Crypto
internal import Foundation
internal import GRDB

/// A secret that has to be read again, as it is kept.
package struct Sealed: Sendable, Equatable {
    let bytes: Data
}

/// Seals secrets by AES-256-GCM with a key that is in a file of its own: whoever has the records alone, as in a backup of the database, has none of them.
struct Seal: Sendable {
    private let key: SymmetricKey

    private static let keyBytes = 32
    /// What the proof says.
    private static let words = Data("roost".utf8)

    private init?(file: String) {
        guard let key = FileManager.default.contents(atPath: file), key.count == Self.keyBytes else { return nil }
        self.key = SymmetricKey(data: key)
    }

    func close(_ secret: [UInt8]) throws -> Sealed {
        let box = try AES.GCM.seal(secret, using: key)
        return Sealed(bytes: box.nonce + box.ciphertext + box.tag)
    }

    /// Throws `CryptoKitError`: it was sealed with another key, or changed.
    func open(_ sealed: Sealed) throws -> [UInt8] { Array(try AES.GCM.open(try AES.GCM.SealedBox(combined: sealed.bytes), using: key)) }
}

extension Seal {
    /// With the key in `file`, which is made where nothing is sealed yet. Throws `StoreError.sealed` where it is not the one that was used.
    static func of(_ pool: DatabasePool, key file: String, database path: String) throws -> Seal {
        if let proof = try pool.read({ try Data.fetchOne($0, sql: "SELECT proof FROM sealing") }) {
            guard let seal = Seal(file: file), let words = try? seal.open(Sealed(bytes: proof)), Data(words) == Self.words else { throw StoreError.sealed(path: path, key: file) }
            return seal
        }
        if Seal(file: file) == nil { try PrivateFile.replace(file, with: randomKey()) }
        guard let seal = Seal(file: file) else { throw StoreError.unusable(path: file, why: "it cannot be read again") }
        try pool.write { db in
            try seal.closeAll(db)
            try db.execute(sql: "INSERT INTO sealing VALUES (1, ?)", arguments: [try seal.close(Array(words)).bytes])
        }
        // Nothing of what was not sealed is to stay in pages that are not used any more.
        try pool.vacuum()
        try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        return seal
    }

    private static func randomKey() -> Data {
        var random = SystemRandomNumberGenerator()
        return Data((0..<keyBytes).map { _ in UInt8.random(in: .min ... .max, using: &random) })
    }

    /// Older releases kept them as they are.
    private func closeAll(_ db: Database) throws {
        for row in try Row.fetchAll(db, sql: "SELECT id, totp_secret FROM users WHERE totp_secret IS NOT NULL") {
            try db.execute(sql: "UPDATE users SET totp_secret = ? WHERE id = ?", arguments: [try close(Array((row["totp_secret"] as String).utf8)).text, row["id"] as Int64])
        }
        for row in try Row.fetchAll(db, sql: "SELECT id, secret FROM webhooks") {
            try db.execute(sql: "UPDATE webhooks SET secret = ? WHERE id = ?", arguments: [try close(Array(row["secret"] as Data)).bytes, row["id"] as String])
        }
    }
}

extension Sealed {
    /// Base64, for a column of text.
    var text: String { bytes.base64EncodedString() }

    init(text: String) { bytes = Data(base64Encoded: text) ?? Data() }
}

extension Store {
    package func seal(_ secret: [UInt8]) throws -> Sealed { try seal.close(secret) }

    /// Throws where it was changed.
    package func open(_ sealed: Sealed) throws -> [UInt8] { try seal.open(sealed) }
}
