internal import Domain
internal import Foundation
internal import GRDB
internal import Testing

@testable internal import Store

struct TokenTests {
    static func id(_ number: Int) -> String { String(repeating: "0", count: 15) + String(number, radix: 16) }
    static let hash = [UInt8](repeating: 7, count: 32)

    @Test("Nothing is written for a token that is gone, whatever it was let in for")
    func gone() async throws {
        let bench = try await Bench()
        let (acme, id) = (try Name("acme"), "0123456789abcdef")
        _ = try await bench.store.createToken(id, try Name("panel"), of: acme, TokenTerms(role: .owner), hash: Array(repeating: 7, count: 32), by: "test")
        let web1 = try bench.request("web1"), web2 = try bench.request("web2")
        try await WriteTerms.$current.withValue(WriteTerms(token: id)) { _ = try await bench.store.createVPS(web1, operation: Bench.operation(), by: "test") }
        _ = try await bench.store.revokeToken(id, of: nil, by: "test")
        for token in [id, "fedcba9876543210"] {
            await #expect(throws: Refusal.tokenGone) { try await WriteTerms.$current.withValue(WriteTerms(token: token)) { try await bench.store.createVPS(web2, operation: Bench.operation(), by: "test") } }
        }
        #expect(try await bench.store.tenant(acme).usage.vps == 1)
    }

    @Test("All that was said of a token is read back")
    func readBack() async throws {
        let bench = try await Bench()
        let acme = try Name("acme")
        let terms = TokenTerms(
            role: .owner, verbs: [.read, .power], vpses: [try Name("web1"), try Name("web2")], sources: [try Network("10.0.0.0/8"), try Network("2001:db8::/32")], expiresAt: 4_000_000_000_000)
        let made = try await bench.store.createToken(Self.id(1), try Name("panel"), of: acme, terms, hash: Self.hash, by: "test")
        #expect(made.terms == terms && made.tenant == acme && made.hash == Self.hash && made.createdBy == "test" && made.lastUsedAt == nil)
        let plain = try await bench.store.createToken(Self.id(2), try Name("panel"), of: nil, TokenTerms(role: .admin), hash: Self.hash, by: "test")
        #expect(plain.terms == TokenTerms(role: .admin) && plain.tenant == nil)
        try await bench.store.noteUse(ofToken: Self.id(1), at: 5, from: "10.1.2.3")
        let used = try await bench.store.tokens(of: acme)
        #expect(used.map(\.id) == [Self.id(1)] && used[0].lastUsedAt == 5 && used[0].lastUsedFrom == "10.1.2.3")
        #expect(try await bench.store.tokens(of: nil).map(\.id) == [Self.id(2), Self.id(1)])
    }

    @Test("A name is free again once its token is revoked, and revoking twice is once")
    func names() async throws {
        let bench = try await Bench()
        let (acme, panel) = (try Name("acme"), try Name("panel"))
        _ = try await bench.store.createToken(Self.id(1), panel, of: acme, TokenTerms(role: .reader), hash: Self.hash, by: "test")
        await #expect(throws: Refusal.nameTaken(.token, "panel")) { try await bench.store.createToken(Self.id(2), panel, of: acme, TokenTerms(role: .reader), hash: Self.hash, by: "test") }
        let revoked = try await bench.store.revokeToken(Self.id(1), of: acme, by: "test")
        #expect(revoked.revokedAt != nil && !revoked.isValid(at: .max))
        #expect(try await bench.store.revokeToken(Self.id(1), of: nil, by: "test") == revoked)
        _ = try await bench.store.createToken(Self.id(2), panel, of: acme, TokenTerms(role: .reader), hash: Self.hash, by: "test")
        #expect(try await bench.store.usableTokens().map(\.id) == [Self.id(2)])
        #expect(try await bench.store.events(limit: 10).filter { $0.kind == "token.revoked" }.count == 1)
    }

    @Test("Another tenant's token is as if it did not exist")
    func others() async throws {
        let bench = try await Bench()
        _ = try await bench.store.createTenant(TenantRequest(name: try Name("other"), ceilings: Ceilings()), by: "test")
        _ = try await bench.store.createToken(Self.id(1), try Name("panel"), of: try Name("acme"), TokenTerms(role: .reader), hash: Self.hash, by: "test")
        await #expect(throws: Refusal.notFound(.token, Self.id(1))) { try await bench.store.revokeToken(Self.id(1), of: try Name("other"), by: "test") }
        await #expect(throws: Refusal.notFound(.token, Self.id(9))) { try await bench.store.revokeToken(Self.id(9), of: try Name("other"), by: "test") }
        await #expect(throws: Refusal.notFound(.tenant, "nobody")) { try await bench.store.createToken(Self.id(2), try Name("panel"), of: try Name("nobody"), TokenTerms(role: .reader), hash: Self.hash, by: "test") }
    }

    @Test("A tenant's tokens go with it")
    func tenant() async throws {
        let bench = try await Bench()
        _ = try await bench.store.createToken(Self.id(1), try Name("panel"), of: try Name("acme"), TokenTerms(role: .reader), hash: Self.hash, by: "test")
        try await bench.store.deleteTenant(try Name("acme"), by: "test")
        #expect(try await bench.store.tokens(of: nil).isEmpty)
    }

    @Test("The schema itself refuses what a bug would let through", arguments: [
        ("a tenant's role without a tenant", "'0000000000000001', 'a', NULL, 'owner', zeroblob(32)"), ("an admin of a tenant", "'0000000000000001', 'a', 1, 'admin', zeroblob(32)"),
        ("another role", "'0000000000000001', 'a', 1, 'root', zeroblob(32)"), ("a short hash", "'0000000000000001', 'a', 1, 'owner', zeroblob(31)"),
        ("an id of another form", "'000000000000000G', 'a', 1, 'owner', zeroblob(32)"), ("a name with a space", "'0000000000000001', 'a b', 1, 'owner', zeroblob(32)"),
        ("a tenant that is not there", "'0000000000000001', 'a', 99, 'owner', zeroblob(32)"),
    ])
    func schema(label: String, values: String) async throws {
        let bench = try await Bench()
        await #expect(throws: DatabaseError.self, "\(label)") {
            try await bench.store.pool.write { try $0.execute(sql: "INSERT INTO tokens (id, name, tenant_id, role, hash, created_at, created_by) VALUES (\(values), 0, 'test')") }
        }
    }
}
