internal import Domain
internal import Foundation
internal import GRDB
internal import Synchronization
internal import Testing

@testable internal import Store

struct WebhookTests {
    static let secret = [UInt8](repeating: 7, count: 32)
    static func url() throws -> WebhookURL { try WebhookURL("https://example.com/hook?key=hidden") }

    @Test("All that was said of a webhook is read back, and its first event is that it was made")
    func readBack() async throws {
        let bench = try await Bench()
        let (acme, panel) = (try Name("acme"), try Name("panel"))
        let made = try await bench.store.createWebhook(panel, of: acme, to: try Self.url(), [try EventChoice("vps."), try EventChoice("webhook.created")], secret: Self.secret, isPlatforms: false, by: "test")
        #expect((made.tenant, made.url.text, made.kinds.map(\.text), try bench.store.unseal(made.secret), made.createdBy) == (acme, "https://example.com/hook?key=hidden", ["vps.", "webhook.created"], Self.secret, "test"))
        #expect(made.attempts == 0 && made.nextAttemptAt == nil && made.lastAnswer == nil && made.disabledAt == nil)
        #expect(try await bench.store.webhook(panel, of: acme) == made)
        let told = try await bench.store.events(EventFilter(after: made.cursor), limit: 10)
        #expect(told.map(\.kind) == ["webhook.created"] && told[0].subject == "acme/panel" && told[0].after?.contains("https://example.com") == true)
        #expect(told[0].after?.contains("hidden") == false, "a receiver's own secret is not for the log")
        _ = try await bench.store.createWebhook(panel, of: nil, to: try Self.url(), [], secret: Self.secret, isPlatforms: false, by: "test")
        #expect(try await bench.store.webhooks(of: nil).map(\.tenant) == [nil, acme])
        #expect(try await bench.store.webhooks(of: acme).map(\.id) == [made.id])
        #expect(try await bench.store.webhook(panel, of: nil).tenant == nil)
    }

    @Test("A name is one webhook's, there are only so many, and a tenant's go with it")
    func bounds() async throws {
        let bench = try await Bench()
        let acme = try Name("acme")
        for number in 0..<Store.mostWebhooks { _ = try await bench.store.createWebhook(try Name("h\(number)"), of: acme, to: try Self.url(), [], secret: Self.secret, isPlatforms: false, by: "test") }
        await #expect(throws: Refusal.nameTaken(.webhook, "h0")) { try await bench.store.createWebhook(try Name("h0"), of: acme, to: try Self.url(), [], secret: Self.secret, isPlatforms: false, by: "test") }
        await #expect(throws: Refusal.wrongState("there are 8 webhooks already; delete some")) { try await bench.store.createWebhook(try Name("h8"), of: acme, to: try Self.url(), [], secret: Self.secret, isPlatforms: false, by: "test") }
        _ = try await bench.store.createWebhook(try Name("h0"), of: nil, to: try Self.url(), [], secret: Self.secret, isPlatforms: false, by: "test")
        try await bench.store.deleteWebhook(try Name("h0"), of: acme, by: "test")
        await #expect(throws: Refusal.notFound(.webhook, "h0")) { try await bench.store.deleteWebhook(try Name("h0"), of: acme, by: "test") }
        try await bench.store.deleteTenant(acme, by: "test")
        #expect(try await bench.store.webhooks(of: nil).map(\.tenant) == [nil])
    }

    @Test("What came of sending is noted; only that it was given up is an event")
    func deliveries() async throws {
        let clock = Mutex<Int64>(1000)
        let bench = try await Bench(now: { clock.withLock { $0 } })
        let webhook = try await bench.store.createWebhook(try Name("panel"), of: try Name("acme"), to: try Self.url(), [], secret: Self.secret, isPlatforms: false, by: "test")
        let events = try await bench.store.newestEvent()
        for attempt in 1...2 {
            try await bench.store.noteFailure(of: webhook.id, answer: "500", nextAttemptAt: 9000)
            let failing = try #require(try await bench.store.webhook(webhook.id))
            #expect((failing.attempts, failing.failingSince, failing.nextAttemptAt, failing.lastAnswer, failing.cursor) == (attempt, 1000, 9000, "500", webhook.cursor))
            clock.withLock { $0 += 1000 }
        }
        try await bench.store.noteDelivery(of: 3, to: webhook.id, answer: "204")
        var taken = try #require(try await bench.store.webhook(webhook.id))
        #expect((taken.cursor, taken.attempts, taken.failingSince, taken.nextAttemptAt, taken.lastAnswer, taken.lastAnswerAt) == (3, 0, nil, nil, "204", 3000))
        try await bench.store.noteNothing(upTo: 7, for: webhook.id)
        taken = try #require(try await bench.store.webhook(webhook.id))
        #expect(taken.cursor == 7)
        #expect(try await bench.store.newestEvent() == events)
        for _ in 1...2 { try await bench.store.disableWebhook(webhook.id, answer: "410", "it said so", by: "courier") }
        let disabled = try #require(try await bench.store.webhook(webhook.id))
        #expect((disabled.disabledAt, disabled.disabledReason, disabled.attempts, disabled.nextAttemptAt) == (3000, "it said so", 1, nil))
        let told = try await bench.store.events(EventFilter(after: events), limit: 10)
        #expect(told.map(\.kind) == ["webhook.disabled"] && told[0].detail == "it said so" && told[0].after == #"{"state":"disabled"}"#)
        for _ in 1...2 { #expect(try await bench.store.enableWebhook(try Name("panel"), of: try Name("acme"), by: "test").disabledAt == nil) }
        let enabled = try #require(try await bench.store.webhook(webhook.id))
        #expect((enabled.attempts, enabled.failingSince, enabled.disabledReason, enabled.cursor, enabled.lastAnswer) == (0, nil, nil, 7, "410"))
        #expect(try await bench.store.events(EventFilter(kind: "webhook.enabled"), limit: 10).map(\.after) == [#"{"state":"enabled"}"#])
        try await bench.store.deleteWebhook(try Name("panel"), of: try Name("acme"), by: "test")
        try await bench.store.noteDelivery(of: 9, to: webhook.id, answer: "200")
        try await bench.store.disableWebhook(webhook.id, answer: "410", "it said so", by: "courier")
        #expect(try await bench.store.webhooks(of: nil).isEmpty)
    }

    @Test("A tenant's webhooks are told of itself, and only to whoever may give tokens")
    func owned() async throws {
        let bench = try await Bench()
        let acme = try Name("acme")
        _ = try await bench.store.createWebhook(try Name("panel"), of: acme, to: try Self.url(), [], secret: Self.secret, isPlatforms: false, by: "test")
        for (withAccounts, count) in [(true, 1), (false, 0)] {
            let events = try await bench.store.events(EventFilter(owned: Owned(tenant: acme, withAccounts: withAccounts)), limit: 100)
            #expect(events.count { $0.kind.hasPrefix("webhook.") } == count)
        }
    }

    @Test("The schema itself refuses what a bug would let through", arguments: [
        ("a short secret", "'0000000000000001', 'a', 'https://a/', zeroblob(31), ''"), ("another scheme", "'0000000000000001', 'a', 'ftp://a/', zeroblob(32), ''"), ("a name with a space", "'0000000000000001', 'a b', 'https://a/', zeroblob(32), ''"),
        ("an id of another form", "'1', 'a', 'https://a/', zeroblob(32), ''"), ("no kinds", "'0000000000000001', 'a', 'https://a/', zeroblob(32), NULL"),
    ])
    func schema(label: String, values: String) async throws {
        let bench = try await Bench()
        await #expect(throws: DatabaseError.self, "\(label)") {
            try await bench.store.pool.write { try $0.execute(sql: "INSERT INTO webhooks (id, name, url, secret, kinds, created_at, created_by, cursor) VALUES (\(values), 0, 'test', 0)") }
        }
    }
}
