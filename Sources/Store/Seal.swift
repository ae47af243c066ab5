internal import Crypto
internal import Domain
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
    /// The key in `file`, if something is sealed; nothing is changed. Nil: nothing is yet. Throws `StoreError.sealed` where it is not the one that was used.
    static func proven(_ pool: DatabasePool, key file: String, database path: String) throws -> Seal? {
        let proof = try pool.read { db in try db.tableExists("sealing") ? Data.fetchOne(db, sql: "SELECT proof FROM sealing") : nil }
        guard let proof else { return nil }
        // With another key it does not open.
        guard let seal = Seal(file: file), let words = try? seal.open(Sealed(bytes: proof)), Data(words) == Self.words else { throw StoreError.sealed(path: path, key: file) }
        return seal
    }

    /// With the key in `file`, which is made where there is none: from now on what is a secret is sealed with it.
    static func first(_ pool: DatabasePool, key file: String) throws -> Seal {
        do {
            if !FileManager.default.fileExists(atPath: file) { try PrivateFile.make(file, with: Data(RandomBytes.of(keyBytes))) }
            try PrivateFile.persist(file)
        } catch {
            throw StoreError.unusable(path: file, why: error.localizedDescription)
        }
        guard let seal = Seal(file: file) else { throw StoreError.unusable(path: file, why: "it is not a key of \(keyBytes) bytes that can be read") }
        try pool.write { try seal.closeAll($0) }
        return seal
    }

    /// The secrets of an older release, which kept them in clear.
    private func closeAll(_ db: Database) throws {
        for row in try Row.fetchAll(db, sql: "SELECT id, totp_secret FROM users WHERE totp_secret IS NOT NULL") {
            try db.execute(sql: "UPDATE users SET totp_secret = ? WHERE id = ?", arguments: [try close(Array((row["totp_secret"] as String).utf8)).text, row["id"] as Int64])
        }
        for row in try Row.fetchAll(db, sql: "SELECT id, secret FROM webhooks") {
            try db.execute(sql: "UPDATE webhooks SET secret = ? WHERE id = ?", arguments: [try close(Array(row["secret"] as Data)).bytes, row["id"] as String])
        }
        try db.execute(sql: "INSERT INTO sealing (only, proof) VALUES (1, ?)", arguments: [try close(Array(Self.words)).bytes])
    }

    /// What was in clear stays in pages that are not used any more, and in the log. As it can only be done after the commit, it is tried at each start until it was done.
    static func clean(_ pool: DatabasePool, database path: String) throws {
        guard try pool.read({ try Bool.fetchOne($0, sql: "SELECT is_clean FROM sealing") }) == false else { return }
        do {
            try pool.vacuum()
            try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            try pool.write { try $0.execute(sql: "UPDATE sealing SET is_clean = 1") }
        } catch let error as DatabaseError {
            throw StoreError.unusable(path: path, why: "the secrets that were in clear could not be cleared out of it (\(error.message ?? "SQLite error \(error.resultCode.rawValue)")); it needs room for twice its size, and nobody else who reads it")
        }
    }
}

extension Sealed {
    /// Base64, for a column of text.
    var text: String { bytes.base64EncodedString() }

    init(text: String) { bytes = Data(base64Encoded: text) ?? Data() }  // which no key opens
}

extension Store {
    /// Throws where it was changed, or is not sealed with this key.
    package func unseal(_ sealed: Sealed) throws -> [UInt8] { try seal.open(sealed) }
}
