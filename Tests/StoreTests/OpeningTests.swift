internal import Domain
internal import Foundation
internal import GRDB
internal import Migrations
internal import Testing

@testable internal import Store

struct OpeningTests {
    private func open(_ path: String) throws -> Store { try Store(path: path, holding: try StateFolder((path as NSString).deletingLastPathComponent)) }

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = Bench.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }  // best effort: a temporary folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try body("\(folder)/roost.sqlite")
    }

    @Test("A released migration never changes")
    func frozen() {
        #expect(Released.migrations.map { "\($0.name) \(Schema.checksum($0))" } == [
            "V0001_records 11647a59bccaf326ed8f698722343b44a8bb137c434e0aea5aff4ea87a09a253", "V0002_tokens 541332c69b74ab737c1b86d65e1d770bf8a5dddda174fd62bec7eba6fe6af220",
            "V0003_receipts 0d30cddfe2013a764cd44dfae16528052efc3cbb39afd80837deddb019ff7900",
            "V0004_suspensions 9e5dcebbed7f25aed20f166e868e32855d2e59a238d41ca132de70e1d4bd4c74",
            "V0005_audit 0a1216eca7b76be06fd73e8f168c0c4cfe8f87d74b7f44db0151e675c17a99ab",
            "V0006_changes 656749236aa2c3e20b525818800362003db838fb4061847806a6f52cd7ef0589", "V0007_users fc6d6f985ab8a267ec76fd6ccb368fd95b02a76552747efee3fd2ae92a9ab79f",
            "V0008_resellers 024093c6424ec04c15b4f2ea6756c4443038e9138bb1c24b091dfdfa6b5a4046",
            "V0009_webhooks f8c468abddaa78b858451115f12ca0432e84ab3bf497dca5eb32d840f6faa67d",
            "V0010_sealing 073f8e04813dd1126f91de8402776b82a746bd6a91c4faed225b56a9cb2cc3ae",
        ])
        #expect(Released.migrations.map(\.version) == Array(1...Int64(Released.migrations.count)))
    }

    @Test("A new database is private, whole, durable, and opens again with what was written")
    func reopen() async throws {
        let bench = try await Bench()
        try await bench.create("a")
        let mode = try FileManager.default.attributesOfItem(atPath: "\(bench.path)/roost.sqlite")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try await bench.store.integrity() == "ok")
        let pragmas = try await bench.store.pool.writeWithoutTransaction { db in
            try ["synchronous", "foreign_keys", "journal_mode"].map { try String.fetchOne(db, sql: "PRAGMA \($0)") ?? "" }
        }
        #expect(pragmas == ["2", "1", "wal"])
    }

    @Test("A database of each older release becomes what a new one is, and loses nothing", arguments: 1..<Schema.latest)
    func upgrade(version: Int64) async throws {
        let folder = Bench.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }  // best effort: a temporary folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/roost.sqlite"
        do {
            let old = try DatabasePool(path: path)
            try Schema.migrate(old, now: 1, through: version)
            try await old.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO tenants (id, name, created_at) VALUES (1, 'acme', 7);
                        INSERT INTO quotas SELECT 1, value, 5 FROM json_each('["vps", "cpuMillicores", "memoryBytes", "diskBytes", "addresses"]');
                        INSERT INTO plans VALUES (1, 'small', 500, 268435456, 0, 2147483648, 512, 0, 7);
                        INSERT INTO events (id, at, actor, kind, subject, detail) VALUES (1, 7, 'admin', 'tenant.created', 'acme', '');
                        """)
            }
            try old.close()
        }
        let store = try open(path)
        #expect(try await store.tenant(try Name("acme")).ceilings.quantities.vps == 5)
        #expect(try await store.plans().map(\.name) == ["small"])
        #expect(try await store.events(limit: 10).map(\.subject) == ["acme"])
        let bench = try await Bench()
        #expect(try await Self.form(store) == Self.form(bench.store))
    }

    private static func form(_ store: Store) async throws -> [String] {
        try await store.pool.read { db in try String.fetchAll(db, sql: "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name") }
    }

    @Test("Two on one state folder: the second refuses, until the first has ended")
    func lock() throws {
        try withFolder { path in
            let folder = (path as NSString).deletingLastPathComponent
            var first: StateFolder? = try StateFolder(folder)
            #expect(throws: StoreError.inUse(folder: folder)) { try StateFolder(folder) }
            withExtendedLifetime(first) {}
            first = nil
            #expect(throws: Never.self) { try StateFolder(folder) }
        }
    }

    @Test("A damaged file is refused, and not touched", arguments: ["noise", "a page of noise", "cut short"])
    func damaged(how: String) throws {
        try withFolder { path in
            do { _ = try open(path) }
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            switch how {
            case "noise": bytes = Data((0..<9000).map { _ in UInt8.random(in: 0...255) })
            case "cut short": bytes = bytes.prefix(bytes.count / 2)
            default: bytes.replaceSubrange(8192..<16384, with: (0..<8192).map { _ in UInt8.random(in: 1...255) })
            }
            try bytes.write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: StoreError.self) { try open(path) }
            guard case .damaged = error else {
            Issue.record("\(String(describing: error))")
            return
        }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
        }
    }

    @Test("Another program's database is refused, and not touched")
    func foreign() throws {
        try withFolder { path in
            do { try DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE notes (text)") } }
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(throws: StoreError.foreign(path: path)) { try open(path) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
        }
    }

    @Test("A newer schema, and one made by another text of a migration, are refused", arguments: [
        ("INSERT INTO schema_migrations VALUES (99, 'V0099', 'x', 0)", "has schema 99"), ("UPDATE schema_migrations SET checksum = 'x'", "another migration 1"),
    ])
    func schema(sql: String, message: String) throws {
        try withFolder { path in
            do { _ = try open(path) }
            do { try DatabaseQueue(path: path).write { try $0.execute(sql: sql) } }
            let error = #expect(throws: StoreError.self) { try open(path) }
            #expect(error?.description.contains(message) == true)
        }
    }

    @Test("An empty file, as a crash at the first start may leave it, is made a database")
    func empty() throws {
        try withFolder { path in
            try Data().write(to: URL(fileURLWithPath: path))
            #expect(throws: Never.self) { try open(path) }
        }
    }
}
