internal import Domain
internal import Foundation
internal import GRDB

/// The records. Each write keeps an invariant, and is one IMMEDIATE transaction that is on the disk when it returns.
package struct Store: Sendable {
    let pool: DatabasePool
    let seal: Seal
    /// Milliseconds since 1970, UTC.
    let now: @Sendable () -> Int64

    /// Opens the database at `path`, making it or bringing it to the newest schema. The state folder must be held.
    package init(path: String, holding folder: StateFolder, now: @escaping @Sendable () -> Int64 = wallClock) throws(StoreError) {
        self.now = now
        self.folder = folder
        (pool, seal) = try Self.opened(path) { pool in
            let key = Self.key(in: folder)
            let known = try Seal.proven(pool, key: key, database: path)  // before anything is changed
            try Schema.migrate(pool, now: now())
            let seal = try known ?? Seal.first(pool, key: key)
            try Seal.clean(pool, database: path)
            return seal
        }
        pool.add(transactionObserver: commits, extent: .databaseLifetime)
    }

    static func key(in folder: StateFolder) -> String { "\(folder.path)/secrets.key" }

    /// And what `prepare` makes of it.
    static func opened<Prepared>(_ path: String, _ prepare: (DatabasePool) throws -> Prepared) throws(StoreError) -> (DatabasePool, Prepared) {
        try Schema.examine(path)
        do {
            try PrivateFile.makeIfMissing(path)
            let pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL with WAL, which may forget the last transactions at a power failure: what was answered must last.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return (pool, try prepare(pool))
        } catch let error as StoreError {
            throw error
        } catch let error as DatabaseError {
            throw .damaged(path: path, why: error.message ?? "SQLite error \(error.resultCode.rawValue)")
        } catch {
            throw .unusable(path: path, why: error.localizedDescription)
        }
    }

    private let commits = CommitCount()
    /// Another after each write.
    package var version: UInt64 { commits.value }

    /// What is asked for most.
    let vpsMemory = ReadMemory<String, VPSRecord>(most: 10_000)
    let vpsListMemory = ReadMemory<Name?, [VPSRecord]>(most: 1000)
    /// What each reseller owns; for nil, who the resellers are.
    let resaleMemory = ReadMemory<Name?, Set<Name>>(most: 1000)
    let resoldVPSMemory = ReadMemory<Name, [VPSRecord]>(most: 1000)
    let tenantListMemory = ReadMemory<Name?, [TenantRecord]>(most: 1000)
    let tenantMemory = ReadMemory<Name, TenantRecord>(most: 10_000)

    /// Kept so that the lock lives as long as the records are open.
    private let folder: StateFolder

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        return configuration
    }

    package static let wallClock: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1000) }

    /// Now, as the records have it.
    package var time: Int64 { now() }

    /// The schema's version, for `doctor`.
    package var schemaVersion: Int64 { Schema.latest }
}
