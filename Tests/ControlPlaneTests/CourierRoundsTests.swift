internal import Domain
internal import Store
internal import Testing

@testable internal import ControlPlane

@Suite(.timeLimit(.minutes(5)))
struct CourierRoundsTests {
    /// Of acme, other and the platform, as the records have them.
    private static func webhooks(_ body: ([WebhookRecord]) throws -> Void) async throws {
        try await World.run { world in
            _ = try await world.plane.createTenant(.admin, try Name("other"), Quantities())
            try await world.hook("a", of: world.acme)
            try await world.hook("b", of: try Name("other"))
            try await world.hook("c", of: nil)
            try body(try await world.store.webhooks(of: nil).sorted { $0.name < $1.name })
        }
    }

    @Test("New ones have their turn, then those about which something happened")
    func turns() async throws {
        try await Self.webhooks { webhooks in
            let (a, b, c) = (webhooks[0].id, webhooks[1].id, webhooks[2].id)
            var rounds = CourierRounds(most: 10, ofOne: 10)
            rounds.replace(with: webhooks)
            #expect(rounds.begin(at: 0) == [a, b, c] && rounds.begin(at: 0).isEmpty)
            for id in [a, b, c] { rounds.end(id, .idle) }
            #expect(rounds.begin(at: 0).isEmpty)
            rounds.note(["acme/web1"])
            #expect(Set(rounds.begin(at: 0)) == [a, c])
            rounds.note(["other", "acme"])
            #expect(rounds.begin(at: 0) == [b], "the others are still at it")
            rounds.end(a, .idle)
            #expect(rounds.begin(at: 0) == [a], "something happened since it began")
            rounds.end(a, .more)
            #expect(rounds.begin(at: 0) == [a])
            rounds.end(a, .idle)
            #expect(rounds.begin(at: 0).isEmpty)
        }
    }

    @Test("Who answers slowly holds up himself, and a reseller itself and all of its own, but nobody else")
    func fairness() async throws {
        try await Self.webhooks { webhooks in
            var slow: [WebhookRecord] = []
            for (number, tenant) in ["agent", "agent-one", "agent-two"].enumerated() {
                var webhook = webhooks[0]
                (webhook.id, webhook.tenant, webhook.reseller) = ("\(number)", try Name(tenant), number == 0 ? nil : try Name("agent"))
                slow.append(webhook)
            }
            var rounds = CourierRounds(most: 10, ofOne: 2)
            rounds.replace(with: slow + webhooks)
            #expect(rounds.begin(at: 0) == ["0", "1"] + webhooks.map(\.id))
            rounds.replace(with: webhooks + [slow[2]])  // they are gone, but at it still
            #expect(rounds.begin(at: 0).isEmpty)
            rounds.end("0", .idle)
            #expect(rounds.begin(at: 0) == ["2"])
        }
    }

    @Test("One that failed waits for its time, whatever happens; one that is gone has no turn any more")
    func waiting() async throws {
        try await Self.webhooks { webhooks in
            let (a, b, c) = (webhooks[0].id, webhooks[1].id, webhooks[2].id)
            var rounds = CourierRounds(most: 10, ofOne: 10)
            rounds.replace(with: webhooks)
            _ = rounds.begin(at: 0)
            rounds.end(a, .notBefore(100))
            rounds.end(b, .notBefore(50))
            rounds.note(["acme", "other"])
            rounds.end(c, .idle)
            #expect(rounds.begin(at: 49) == [c])
            #expect(rounds.begin(at: 100) == [b, a])
            rounds.replace(with: [webhooks[1]])
            for id in [a, b, c] { rounds.end(id, .more) }
            #expect(rounds.begin(at: 100) == [b])
            rounds.end(b, .notBefore(200))
            rounds.replace(with: [])
            #expect(rounds.begin(at: 300).isEmpty)
        }
    }

    @Test("Only so many have their turn at once, one after another")
    func bound() async throws {
        try await Self.webhooks { webhooks in
            var rounds = CourierRounds(most: 2, ofOne: 2)
            rounds.replace(with: webhooks)
            #expect(rounds.begin(at: 0) == [webhooks[0].id, webhooks[1].id] && rounds.begin(at: 0).isEmpty)
            rounds.end(webhooks[1].id, .more)
            #expect(rounds.begin(at: 0) == [webhooks[2].id])
            rounds.end(webhooks[2].id, .idle)
            #expect(rounds.begin(at: 0) == [webhooks[1].id])
        }
    }
}

@Suite(.timeLimit(.minutes(5)))
struct DeliveryVerdictTests {
    private static func webhook(attempts: Int, failingSince: Int64?) async throws -> WebhookRecord {
        var record: WebhookRecord?
        try await World.run { world in
            try await world.hook("a", of: world.acme)
            record = try await world.store.webhook(try Name("a"), of: world.acme)
        }
        var webhook = try #require(record)
        (webhook.attempts, webhook.failingSince) = (attempts, failingSince)
        return webhook
    }

    @Test("What comes of an answer", arguments: [
        ("taken", .status(200), 0, nil, 0, .taken), ("taken at last", .status(299), 7, 0, 0, .taken), ("moved", .status(301), 0, nil, 0, .again(at: 1_005_000)), ("a failure", .status(500), 0, nil, 0, .again(at: 1_005_000)),
        ("the second", .status(500), 1, 990_000, 0, .again(at: 1_010_000)), ("the third, sooner", .none(.nowhere), 2, 990_000, 1, .again(at: 1_015_000)), ("the eleventh", .none(.cutOff), 10, 990_000, 0, .again(at: 4_600_000)),
        ("the thousandth", .none(.cutOff), 999, 990_000, 0, .again(at: 4_600_000)), ("gone", .status(410), 0, nil, 0, .disable("it answered 410: whoever was there does not want it any more")),
        ("for too long", .none(.untrusted), 90, 1_000_000 - 259_200_000, 0, .disable("every attempt of 72 hours failed; the last: no TLS with a certificate in the host's name")), ("nothing was tried", .none(.busy), 30, 1_000_000 - 259_200_000, 0, .later), ("for too long, by the clock alone", .status(500), 19, 1_000_000 - 259_200_000, 0, .again(at: 4_600_000)),
        ("for nearly too long", .status(404), 90, 1_000_001 - 259_200_000, 0, .again(at: 4_600_000)),
    ] as [(String, DeliveryAnswer, Int, Int64?, Double, DeliveryVerdict)])
    func verdict(label: String, answer: DeliveryAnswer, attempts: Int, since: Int64?, chance: Double, verdict: DeliveryVerdict) async throws {
        #expect(DeliveryVerdict.of(answer, try await Self.webhook(attempts: attempts, failingSince: since), at: 1_000_000, under: Patience(), chance: chance) == verdict, "\(label)")
    }
}
