internal import Domain
internal import Foundation
internal import GRDB
internal import NodeModel
internal import Synchronization
internal import Testing

@testable internal import Store

struct AuditTests {
    private let acme: Name

    init() throws { acme = try Name("acme") }

    /// A few changes of every kind.
    private func lived() async throws -> Bench {
        let bench = try await Bench()
        let record = try await bench.create("web1")
        try await bench.run(record)
        _ = try await bench.store.suspend(acme, vps: nil, .billing, try Remark("invoice 17"), by: Author(actor: "clerk", source: "203.0.113.7", request: "0123456789abcdef"))
        _ = try await bench.store.unsuspend(acme, vps: nil, .billing, by: "clerk")
        _ = try await bench.store.changeTenant(acme, Ceilings([.vps: 9]), by: "admin")
        _ = try await bench.store.createToken("0123456789abcdef", try Name("panel"), of: acme, TokenTerms(role: .owner), hash: [UInt8](repeating: 7, count: 32), by: "admin")
        _ = try await bench.store.revokeToken("0123456789abcdef", of: acme, by: "admin")
        return bench
    }

    @Test("An event says who, from where, with which request, and what was otherwise before")
    func told() async throws {
        let bench = try await lived()
        let events = try await bench.store.events(limit: 100)
        let suspended = try #require(events.first { $0.kind == "tenant.suspended" })
        #expect((suspended.actor, suspended.source, suspended.request) == ("clerk", "203.0.113.7", "0123456789abcdef"))
        #expect((suspended.before, suspended.after) == (#"{"suspensions":""}"#, #"{"suspensions":"billing (invoice 17)"}"#))
        let changed = try #require(events.first { $0.kind == "tenant.changed" })
        #expect((changed.before, changed.after) == (#"{"vps":"7"}"#, #"{"vps":"9"}"#))
        let revoked = try #require(events.first { $0.kind == "token.revoked" })
        #expect((revoked.before, revoked.after) == (#"{"state":"given"}"#, #"{"state":"revoked"}"#))
        let started = try #require(events.first { $0.kind == "vps.started" })
        #expect((started.before, started.after) == (#"{"state":"unknown"}"#, #"{"state":"running"}"#))
        let created = try #require(events.first { $0.kind == "vps.created" })
        #expect(created.before == nil && created.after?.contains(#""plan":"small""#) == true && created.after?.contains("10.66.0.2") == true, "\(created)")
        #expect(try await bench.store.events(EventFilter(subject: "acme/web1"), limit: 100).allSatisfy { $0.subject == "acme/web1" })
    }

    @Test("The chain is whole, and has every head that it had")
    func whole() async throws {
        let bench = try await lived()
        let first = try await bench.store.verifyEvents(known: nil)
        let count = Int64(try await bench.store.events(limit: 100).count)
        #expect((first.events, first.isWhole) == (count, true))
        _ = try await bench.store.changeTenant(acme, Ceilings([.vps: 10]), by: "admin")
        let second = try await bench.store.verifyEvents(known: first.head)
        #expect((second.events, second.isWhole, second.head != first.head) == (count + 1, true, true))
        #expect(try await bench.store.verifyEvents(known: [UInt8](repeating: 1, count: 32)).isWhole == false)
    }

    @Test("Nobody changes an event or takes one out: the tables refuse, and where they were overcome, the chain tells")
    func tampering() async throws {
        let bench = try await lived()
        for sql in ["UPDATE events SET actor = 'me' WHERE id = 3", "DELETE FROM events WHERE id = 3", "DELETE FROM address_holdings"] {
            await #expect(throws: DatabaseError.self, "\(sql)") { try await bench.store.pool.write { try $0.execute(sql: sql) } }
        }
        let columns = ["at = at + 1", "actor = 'me'", "kind = 'x'", "subject = 'x'", "detail = detail || ' '", "source = 'here'", "request = ''", "before = NULL", "after = '{}'", "hash = randomblob(32)", "hash = NULL"]
        let events = try await bench.store.events(limit: 100)
        for (number, column) in columns.enumerated() {
            let id = events.last { event in column.hasPrefix("before") ? event.before != nil : event.id > Int64(number % 3) + 1 }?.id ?? 0
            let verdict = try await Self.verdict(after: "UPDATE events SET \(column) WHERE id = \(id)", bench)
            #expect(verdict.brokenAt == id, "\(column)")
        }
        #expect(try await Self.verdict(after: "DELETE FROM events WHERE id = 4", bench).brokenAt == 5)
        #expect(try await Self.verdict(after: "UPDATE events SET id = -id WHERE id = 4", bench).brokenAt == -4)
        let head = try await bench.store.verifyEvents(known: nil).head
        #expect(try await Self.verdict(after: "DELETE FROM events WHERE id > 4", bench, known: head).hasKnownHead == false, "its end cut off")
    }

    /// Of a copy of the records, without their triggers.
    private static func verdict(after sql: String, _ bench: Bench, known: [UInt8]? = nil) async throws -> ChainVerdict {
        let copy = try DatabaseQueue()
        try bench.store.pool.backup(to: copy)
        try await copy.write { db in
            for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") { try db.execute(sql: "DROP TRIGGER \(trigger)") }
            try db.execute(sql: sql)
        }
        return try await copy.read { try EventChain.verdict($0, known: known) }
    }

    @Test("A tenant's events are those of its own since it is there, and not of who had its name before")
    func owned() async throws {
        let clock = Clock()
        let bench = try await Bench(now: { clock.now })
        let (zoo, a, b) = (try Name("acme-zoo"), try Name("a"), try Name("b"))
        _ = try await bench.store.createTenant(TenantRequest(name: zoo, ceilings: Ceilings(Quantities())), by: "test")
        let first = try await bench.create("a")
        try await bench.store.forget(first.id, operation: nil, failure: nil, by: "test")
        try await bench.store.deleteTenant(acme, by: "test")
        clock.set(2000)
        _ = try await bench.store.createTenant(TenantRequest(name: acme, ceilings: Ceilings(Quantities(vps: 7, cpuMillicores: 100_000, memoryBytes: 1 << 40, diskBytes: 1 << 40, addresses: 1000))), by: "test")
        for name in ["a", "b"] { try await bench.create(name) }
        func kinds(_ owned: Owned) async throws -> [String] { try await bench.store.events(EventFilter(owned: owned), limit: 100).map { "\($0.subject) \($0.kind)" } }
        #expect(try await kinds(Owned(tenant: acme)) == ["acme/b vps.created", "acme/a vps.created", "acme tenant.created"])
        #expect(try await kinds(Owned(tenant: acme, vpses: [b])) == ["acme/b vps.created"])
        #expect(try await kinds(Owned(tenant: zoo)) == ["acme-zoo tenant.created"])
        #expect(try await bench.store.operations(OperationFilter(owned: Owned(tenant: acme, vpses: [a])), limit: 100).map(\.subject) == ["acme/a"])
        #expect(try await bench.store.operations(OperationFilter(owned: Owned(tenant: acme)), limit: 100).map(\.subject) == ["acme/b", "acme/a"])
        // What only has the same name is not the tenant's; its tokens are for whoever may give some.
        _ = try await bench.store.createPlan(acme, Bench.terms, by: "test")
        _ = try await bench.store.createToken("0123456789abcde0", acme, of: nil, TokenTerms(role: .clerk), hash: [UInt8](repeating: 7, count: 32), by: "admin")
        _ = try await bench.store.createToken("0123456789abcde1", b, of: acme, TokenTerms(role: .owner), hash: [UInt8](repeating: 8, count: 32), by: "admin")
        let own = ["acme/b vps.created", "acme/a vps.created", "acme tenant.created"]
        #expect(try await kinds(Owned(tenant: acme)) == own)
        #expect(try await kinds(Owned(tenant: acme, withAccounts: true)) == ["acme/b token.created"] + own)
        #expect(try await kinds(Owned(tenant: acme, vpses: [b], withAccounts: true)) == ["acme/b vps.created"])
        // Nor is what was a VPS of that name before this one.
        try await bench.store.forget(try #require(try await bench.store.vpses(tenant: acme).first { $0.name == "b" }).id, operation: nil, failure: nil, by: "test")
        clock.set(3000)
        try await bench.create("b")
        #expect(try await kinds(Owned(tenant: acme, vpses: [b])) == ["acme/b vps.created"])
        clock.set(1)  // it was set back
        try await bench.store.forget(try #require(try await bench.store.vpses(tenant: acme).first { $0.name == "b" }).id, operation: nil, failure: nil, by: "test")
        try await bench.store.forget(try #require(try await bench.store.vpses(tenant: acme).first { $0.name == "a" }).id, operation: nil, failure: nil, by: "test")
        try await bench.store.deleteTenant(acme, by: "test")
        _ = try await bench.store.createTenant(TenantRequest(name: acme, ceilings: Ceilings(Quantities())), by: "test")
        #expect(try await kinds(Owned(tenant: acme, withAccounts: true)) == ["acme tenant.created"])
        await #expect(throws: Refusal.notFound(.tenant, "nobody")) { try await bench.store.events(EventFilter(owned: Owned(tenant: try Name("nobody"))), limit: 1) }
    }

    @Test("What an older release wrote is under the first hash")
    func older() async throws {
        let path = Bench.folder()
        defer { try? FileManager.default.removeItem(atPath: path) }  // best effort: a temporary folder
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let old = try DatabasePool(path: "\(path)/roost.sqlite")
        try Schema.migrate(old, now: 1, through: 4)
        try await old.write { db in for number in 1...5 { try db.execute(sql: "INSERT INTO events (at, actor, kind, subject, detail) VALUES (?, 'admin', 'x', 'y', '')", arguments: [number]) } }
        try old.close()
        let store = try Store(path: "\(path)/roost.sqlite", holding: try StateFolder(path))
        #expect(try await store.verifyEvents(known: nil).isWhole)
        for name in ["a", "b"] { _ = try await store.createTenant(TenantRequest(name: try Name(name), ceilings: Ceilings(Quantities())), by: "admin") }
        let verdict = try await store.verifyEvents(known: nil)
        #expect((verdict.events, verdict.isWhole) == (7, true))
        try await store.pool.write { db in try db.execute(sql: "DROP TRIGGER events_are_not_changed; UPDATE events SET at = 9 WHERE id = 2") }
        #expect(try await store.verifyEvents(known: nil).brokenAt == 6)
    }

    @Test("Who had an address is known after it is another's")
    func holdings() async throws {
        let clock = Clock()
        let bench = try await Bench(now: { clock.now })
        let first = try await bench.create("a")
        clock.set(2000)
        try await bench.store.forget(first.id, operation: nil, failure: nil, by: "test")
        clock.set(3000)
        let second = try await bench.create("b")
        #expect(second.addresses == first.addresses)
        func had(at time: Int64?) async throws -> [String] { try await bench.store.holdings(of: "10.66.0.2", at: time).map { "\($0.address.address) \($0.tenant)/\($0.vps) \($0.leasedAt) \($0.releasedAt ?? 0)" } }
        #expect(try await had(at: nil) == ["10.66.0.2 acme/b 3000 0", "10.66.0.2 acme/a 1000 2000"])
        for (time, names) in [(999, []), (1000, ["a"]), (1999, ["a"]), (2000, []), (2999, []), (3000, ["b"]), (9999, ["b"])] as [(Int64, [String])] {
            #expect(try await bench.store.holdings(of: "10.66.0.2", at: time).map(\.vps) == names, "at \(time)")
        }
        #expect(try await bench.store.holdings(of: second.addresses[1].address, at: 3000).map(\.address.prefixLength) == [64])
    }
}

private final class Clock: Sendable {
    private let time = Mutex<Int64>(1000)
    var now: Int64 { time.withLock { $0 } }
    func set(_ now: Int64) { time.withLock { $0 = now } }
}
