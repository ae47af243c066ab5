internal import Domain
internal import Foundation
internal import GRDB
internal import Testing

@testable internal import Store

struct SealTests {
    static let totp = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    static let webhook = Array("thirty-two bytes to sign it with".utf8)

    /// A folder that is removed at the end, whatever comes of it.
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = Bench.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }  // best effort: a temporary folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await body(folder)
    }

    private func open(_ folder: String) throws -> Store { try Store(path: "\(folder)/roost.sqlite", holding: try StateFolder(folder)) }

    private func hasSecret(_ folder: String) throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("roost.sqlite") }.contains { name in
            let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(name)"))
            return bytes.range(of: Data(Self.totp.utf8)) != nil || bytes.range(of: Data(Self.webhook)) != nil
        }
    }

    private func expectSecrets(in store: Store) async throws {
        let totp = try #require(try await store.user(Login(try Name("alice"), of: try Name("acme")))?.totpSecret)
        #expect(try String(decoding: store.unseal(totp), as: UTF8.self) == Self.totp)
        #expect(try await store.unseal(store.webhook(try Name("panel"), of: try Name("acme")).secret) == Self.webhook)
    }

    private func keepSecrets(in store: Store, of tenant: String = "acme") async throws {
        let (acme, alice) = (try Name(tenant), Login(try Name("alice"), of: try Name(tenant)))
        _ = try await store.createTenant(TenantRequest(name: acme, ceilings: Ceilings()), by: "test")
        let user = try await store.createUser(alice, .owner, password: "$scrypt$x", by: "test")
        _ = try await store.changeUser(user, UserEdit(totp: .secret(Self.totp, step: 1)), by: "test")
        _ = try await store.createWebhook(try Name("panel"), of: acme, to: try WebhookTests.url(), [], secret: Self.webhook, isPlatforms: false, by: "test")
    }

    @Test("Secrets are in no file of the database's, and are there again with the key")
    func sealed() async throws {
        try await withFolder { folder in
            do {
                let store = try open(folder)
                try await keepSecrets(in: store)
                try await expectSecrets(in: store)
                #expect(try !hasSecret(folder))
            }
            #expect(try FileManager.default.attributesOfItem(atPath: "\(folder)/secrets.key")[.posixPermissions] as? Int == 0o600)
            try await expectSecrets(in: try open(folder))
        }
    }

    @Test("The same secret is another one each time that it is sealed, and none that was changed is opened")
    func tampered() async throws {
        let store = try await Bench().store
        let sealed = try store.seal.close(Self.webhook)
        #expect(try store.seal.close(Self.webhook) != sealed)
        for place in sealed.bytes.indices {
            var bytes = sealed.bytes
            bytes[place] ^= 1
            #expect(throws: (any Error).self, "byte \(place)") { try store.unseal(Sealed(bytes: bytes)) }
        }
        #expect(throws: (any Error).self) { try store.unseal(Sealed(bytes: Data())) }
        #expect(throws: (any Error).self) { try store.unseal(Sealed(text: "no Base64!")) }
    }

    @Test("With another key, or none, nothing is opened and nothing changes", arguments: [("none", nil), ("another", Data(repeating: 1, count: 32)), ("half of one", Data(repeating: 1, count: 16))] as [(String, Data?)])
    func wrongKey(label: String, key: Data?) async throws {
        try await withFolder { folder in
            try await keepSecrets(in: try open(folder))
            let file = "\(folder)/secrets.key"
            let own = try #require(FileManager.default.contents(atPath: file))
            try FileManager.default.removeItem(atPath: file)
            if let key { try key.write(to: URL(fileURLWithPath: file)) }
            #expect(throws: StoreError.sealed(path: "\(folder)/roost.sqlite", key: file), "\(label)") { try open(folder) }
            #expect(FileManager.default.contents(atPath: file) == key)
            try own.write(to: URL(fileURLWithPath: file))
            try await expectSecrets(in: try open(folder))
        }
    }

    @Test("What an older release kept as it was is sealed, and is nowhere in the file any more")
    func upgrade() async throws {
        try await withFolder { folder in
            let old = try DatabasePool(path: "\(folder)/roost.sqlite")
            try Schema.migrate(old, now: 1, through: 9)
            try await old.write { db in
                try db.execute(sql: "INSERT INTO tenants (id, name, created_at) VALUES (1, 'acme', 7)")
                try db.execute(sql: "INSERT INTO users (name, tenant_id, role, password, totp_secret, totp_step, created_at, created_by) VALUES ('alice', 1, 'owner', '$scrypt$x', ?, 1, 7, 'admin')", arguments: [Self.totp])
                try db.execute(
                    sql: "INSERT INTO webhooks (id, name, tenant_id, url, secret, kinds, is_platforms, created_at, created_by, cursor) VALUES ('0123456789abcdef', 'panel', 1, 'https://example.com', ?, '', 0, 7, 'admin', 0)",
                    arguments: [Data(Self.webhook)])
            }
            #expect(try hasSecret(folder))
            try old.close()
            // As if it had ended while it made the key.
            try Data([1]).write(to: URL(fileURLWithPath: "\(folder)/secrets.key.new"))
            for _ in 1...2 { try await expectSecrets(in: try open(folder)) }
            #expect(try !hasSecret(folder))
        }
    }

    @Test("Where it ended before the file was clean, the next start cleans it")
    func cleanedLater() async throws {
        try await withFolder { folder in
            try await keepSecrets(in: try open(folder))
            let left = try DatabasePool(path: "\(folder)/roost.sqlite")
            try await left.writeWithoutTransaction { try $0.execute(sql: "PRAGMA secure_delete = OFF") }
            try await left.write { db in
                try db.execute(sql: "CREATE TABLE clear (secret BLOB); INSERT INTO clear VALUES ('\(Self.totp)'); DROP TABLE clear")
                try db.execute(sql: "UPDATE sealing SET is_clean = 0")
            }
            try left.close()
            #expect(try hasSecret(folder))
            try await expectSecrets(in: try open(folder))
            #expect(try !hasSecret(folder))
        }
    }

    @Test("A file that is no key is left alone")
    func noKey() async throws {
        try await withFolder { folder in
            let file = "\(folder)/secrets.key"
            try Data([1]).write(to: URL(fileURLWithPath: file))
            #expect(throws: StoreError.unusable(path: file, why: "it is not a key of 32 bytes that can be read")) { try open(folder) }
            #expect(FileManager.default.contents(atPath: file) == Data([1]))
        }
    }

    @Test("Where the key is lost, everything else is kept, and all that was sealed is given up")
    func forgotten() async throws {
        try await withFolder { folder in
            let (path, file) = ("\(folder)/roost.sqlite", "\(folder)/secrets.key")
            try await keepSecrets(in: try open(folder))
            try FileManager.default.removeItem(atPath: file)
            let forgotten = try Store.forgetSecrets(path: path, holding: try StateFolder(folder), by: "admin")
            #expect(forgotten == (users: ["acme/alice"], webhooks: ["acme/panel"]))
            #expect(FileManager.default.contents(atPath: file) == nil)
            let store = try open(folder)
            let alice = try #require(try await store.user(Login(try Name("alice"), of: try Name("acme"))))
            #expect(alice.totpSecret == nil && alice.totpStep == nil)
            #expect(try await store.webhooks(of: nil).isEmpty)
            #expect(try await store.events(limit: 2).map { "\($0.kind) \($0.subject) \($0.actor)" } == ["webhook.deleted acme/panel admin", "user.changed acme/alice admin"])
            #expect(try await store.verifyEvents(known: nil).isWhole)
            try await keepSecrets(in: store, of: "other")
        }
    }
}
