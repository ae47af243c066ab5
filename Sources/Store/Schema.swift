internal import Crypto
internal import Domain
internal import Foundation
internal import GRDB
internal import Migrations

/// The schema's steps and which of them a database has.
enum Schema {
    /// "Rost" in SQLite's header: whose file it is.
    static let applicationID: Int64 = 0x526F_7374

    static var latest: Int64 { Released.migrations.last?.version ?? 0 }

    static func checksum(_ migration: Migration) -> String {
        Hexadecimal.text(SHA256.hash(data: migration.sql))
    }

    /// Looks without changing anything: whose is it, is it whole, is it of a schema that is known?
    static func examine(_ path: String) throws(StoreError) {
        guard let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int64, size > 0 else { return }  // missing or empty: to be made
        do {
            var configuration = Configuration()
            configuration.readonly = true
            try DatabaseQueue(path: path, configuration: configuration).read { db in
                guard try Int64.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
                    throw try Int64.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0 ? Examined.empty : Examined.refused(.foreign(path: path))
                }
                let verdict = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no verdict"
                guard verdict == "ok" else { throw Examined.refused(.damaged(path: path, why: verdict)) }
                try compare(try applied(db), path)
            }
        } catch Examined.empty {
            return
        } catch Examined.refused(let error) {
            throw error
        } catch let error as DatabaseError {
            throw .damaged(path: path, why: error.message ?? "SQLite error \(error.resultCode.rawValue)")
        } catch {
            throw .unusable(path: path, why: "\(error)")
        }
    }

    private enum Examined: Error { case empty, refused(StoreError) }

    private static func applied(_ db: Database) throws -> [Int64: String] {
        try Row.fetchAll(db, sql: "SELECT version, checksum FROM schema_migrations").reduce(into: [:]) { $0[$1["version"]] = $1["checksum"] }
    }

    private static func compare(_ applied: [Int64: String], _ path: String) throws {
        for (version, checksum) in applied.sorted(by: { $0.key < $1.key }) {
            guard let known = Released.migrations.first(where: { $0.version == version }) else { throw Examined.refused(.newer(path: path, found: version, known: latest)) }
            guard self.checksum(known) == checksum else { throw Examined.refused(.changedMigration(path: path, version: version)) }
        }
    }

    /// Applies what is missing, each step in one transaction with its row.
    /// `last`: as an older release, which knows no more.
    static func migrate(_ pool: DatabasePool, now: Int64, through last: Int64 = latest) throws {
        try pool.write { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT")
        }
        for migration in Released.migrations where migration.version <= last {
            try pool.write { db in
                guard try applied(db)[migration.version] == nil else { return }
                try db.execute(sql: String(decoding: migration.sql, as: UTF8.self))
                try db.execute(sql: "INSERT INTO schema_migrations VALUES (?, ?, ?, ?)", arguments: [migration.version, migration.name, checksum(migration), now])
            }
        }
    }
}
