internal import Domain
internal import Foundation
internal import Identity
internal import Store
internal import Synchronization
internal import Testing

@testable internal import ControlPlane

@Suite(.timeLimit(.minutes(5)))
struct CourierTests {
    @Test("Each gets its own events in their order, signed, and what is not taken again and again under the same id")
    func order() async throws {
        try await World.run { world in
            let failures = Box(5)
            let receivers = FakeReceivers { sent in sent.host == "own" && failures.takeOne() ? 503 : 204 }
            try await world.sending(through: receivers) {
                let secret = try await world.hook("own", of: world.acme)
                try await world.hook("some", of: world.acme, "vps.")
                try await world.hook("all", of: nil)
                _ = try await world.plane.createTenant(.admin, try Name("other"), Quantities())
                try await world.create()
                let own = ["webhook.created acme/own -", "webhook.created acme/some -", "vps.created acme/web1 -", "vps.started acme/web1 -"]
                try await eventually { receivers.taken(by: "own").count == own.count && receivers.taken(by: "some").count == 2 && receivers.taken(by: "all").count == 4 }
                #expect(receivers.taken(by: "own") == own)
                #expect(receivers.taken(by: "some") == Array(own.suffix(2)))
                #expect(receivers.taken(by: "all").contains("tenant.created other -"))
                let sent = receivers.sent(to: "own")
                #expect(sent.count == 9 && Set(sent.map(\.message.id)).count == 4 && Set(sent.prefix(6).map(\.message.id)).count == 1)
                let key = WebhookSecret(Array(try #require(Data(base64Encoded: String(secret.dropFirst("whsec_".count))))))
                #expect(sent.allSatisfy { $0.message.signature == key.signature(of: $0.message.body, id: $0.message.id, timestamp: $0.message.timestamp) })
                try await eventually { try await world.store.webhook(try Name("own"), of: world.acme).lastAnswer == "204" }
                #expect(try await world.store.webhook(try Name("own"), of: world.acme).attempts == 0)
            }
        }
    }

    @Test("One that does not answer delays no other, and ends with the daemon")
    func slow() async throws {
        try await World.run { world in
            let receivers = FakeReceivers { sent throws(WebhookLinkError) in
                guard sent.host == "slow" else { return 200 }
                do { try await Task.sleep(for: .seconds(1000)) } catch { throw .cutOff }
                return 200
            }
            try await world.sending(through: receivers) {
                try await world.hook("slow", of: world.acme)
                try await world.hook("quick", of: world.acme)
                for ceiling in 1...20 { try await world.change(Int64(ceiling)) }
                try await eventually { receivers.taken(by: "quick").count == 21 }
                #expect(receivers.sent(to: "slow").count == 1)
            }
            #expect(try await world.store.webhook(try Name("slow"), of: world.acme).attempts == 0, "what ended with the daemon has not failed")
        }
    }

    @Test("After a restart each goes on where it was")
    func restart() async throws {
        try await World.run { world in
            let receivers = FakeReceivers()
            try await world.sending(through: receivers) {
                try await world.hook("own", of: world.acme)
                try await world.change(8)
                try await eventually { try await world.store.webhook(try Name("own"), of: world.acme).cursor == world.store.newestEvent() }
            }
            try await world.change(9)
            try await world.change(10)
            try await world.sending(through: receivers) { try await eventually { receivers.taken(by: "own").count == 4 } }
            #expect(receivers.sent(to: "own").count == 4, "nothing was sent twice")
            let ids = receivers.sent(to: "own").compactMap { Int($0.message.id.dropFirst("evt_".count)) }
            #expect(ids == ids.sorted() && Set(ids).count == 4)
        }
    }

    @Test("Who says that he is gone is told nothing more, and others are told so")
    func gone() async throws {
        try await World.run { world in
            let receivers = FakeReceivers { $0.host == "gone" ? 410 : 200 }
            try await world.sending(through: receivers) {
                try await world.hook("own", of: world.acme, "webhook.disabled")
                try await world.hook("gone", of: world.acme)
                try await eventually { receivers.taken(by: "own") == ["webhook.disabled acme/gone -"] }
                try await world.change(8)
                try await world.hook("late", of: world.acme, "webhook.deleted")
                try await world.plane.deleteWebhook(.admin, try Name("gone"), of: world.acme)
                try await eventually { receivers.taken(by: "late") == ["webhook.deleted acme/gone -"] }
                #expect(receivers.sent(to: "gone").count == 1)
            }
        }
    }

    @Test("Who was given up is told all that he missed, once somebody wants that")
    func enabledAgain() async throws {
        try await World.run { world in
            let isThere = Mutex(false)
            let receivers = FakeReceivers { _ in isThere.withLock { $0 } ? 200 : 410 }
            try await world.sending(through: receivers) {
                try await world.hook("own", of: world.acme, "webhook.", "tenant.")
                let own = try Name("own")
                try await eventually { try await world.store.webhook(own, of: world.acme).disabledAt != nil }
                try await world.change(8)
                isThere.withLock { $0 = true }
                let somebody = try await world.plane.authenticate(try await world.plane.createToken(.admin, own, of: world.acme, TokenTerms(role: .member)).text, from: nil)
                await #expect(throws: ControlPlaneError.self) { try await world.plane.enableWebhook(somebody, own, of: world.acme) }
                for _ in 1...2 { #expect(try await world.plane.enableWebhook(.tenant(world.acme), own, of: world.acme).disabledAt == nil, "once more is success") }
                try await eventually { receivers.taken(by: "own").last == "webhook.enabled acme/own -" }
                #expect(receivers.taken(by: "own") == ["webhook.created acme/own -", "webhook.disabled acme/own -", "tenant.changed acme -", "webhook.enabled acme/own -"])
            }
        }
    }

    @Test("One that fails is tried again until three days have passed; redirects and errors are failures")
    func futile() async throws {
        let clock = Mutex(Store.wallClock())
        try await World.run(now: { clock.withLock { $0 } }) { world in
            let receivers = FakeReceivers { sent throws(WebhookLinkError) in
                switch sent.host {
                case "moved": 302
                case "away": throw .notConnected
                default: 404
                }
            }
            try await world.sending(through: receivers) {
                for name in ["moved", "away", "wrong"] { try await world.hook(name, of: world.acme) }
                func all(_ isSo: (WebhookRecord) -> Bool) async throws -> Bool { try await world.store.webhooks(of: world.acme).allSatisfy(isSo) }
                try await eventually {
                    clock.withLock { $0 += 50 }
                    return try await all { $0.attempts >= 3 && $0.disabledAt == nil }
                }
                #expect(Set(try await world.store.webhooks(of: world.acme).map(\.lastAnswer)) == ["302", "404", "nobody takes connections there"])
                clock.withLock { $0 += 3 * 86_400_000 }
                let jumped = try await world.store.webhooks(of: world.acme).map(\.attempts).max() ?? 0
                try await eventually {
                    clock.withLock { $0 += 50 }
                    return try await all { $0.attempts > jumped }
                }
                #expect(try await all { $0.disabledAt == nil }, "a clock that is set forward is no long time")
                try await eventually {
                    clock.withLock { $0 += 500_000 }
                    return try await all { $0.disabledAt != nil }
                }
                #expect(try await all { $0.attempts >= 20 })
                let events = try await world.store.events(EventFilter(kind: "webhook.disabled"), limit: 10)
                #expect(events.count == 3 && events.contains { $0.detail == "every attempt of 72 hours failed; the last: 302" }, "\(events.map(\.detail))")
            }
        }
    }

    @Test("From a webhook that is deleted nothing more comes")
    func deleted() async throws {
        try await World.run { world in
            let receivers = FakeReceivers { $0.host == "own" ? 500 : 200 }
            try await world.sending(through: receivers) {
                try await world.hook("own", of: world.acme)
                try await world.hook("witness", of: world.acme)
                try await eventually { receivers.sent(to: "own").count >= 3 }
                try await world.plane.deleteWebhook(.admin, try Name("own"), of: world.acme)
                let count = receivers.sent(to: "own").count
                try await world.change(8)
                try await eventually { receivers.taken(by: "witness").last == "tenant.changed acme -" }
                #expect(receivers.sent(to: "own").count <= count + 1, "at most the one that was on its way")
            }
        }
    }

    @Test("Where nothing happens nothing is written, and nobody is told that somebody was told")
    func idle() async throws {
        try await World.run { world in
            let receivers = FakeReceivers()
            try await world.sending(through: receivers) {
                try await world.hook("all", of: nil)
                try await world.hook("none", of: world.acme, "vps.deleted")
                try await eventually { try await world.store.webhook(try Name("all"), of: nil).cursor == world.store.newestEvent() }
                let events = try await world.store.newestEvent()
                try await Task.sleep(for: .milliseconds(100))
                #expect(try await world.store.newestEvent() == events)
                #expect(receivers.sent(to: "all").count == 2 && receivers.sent(to: "none").isEmpty)
            }
        }
    }

    @Test("A tenant is not told from where others did something; the platform is")
    func sources() async throws {
        try await World.run { world in
            let receivers = FakeReceivers()
            try await world.sending(through: receivers) {
                try await world.hook("own", of: world.acme, "tenant.")
                try await world.hook("all", of: nil, "tenant.")
                _ = try await world.plane.changeTenant(Scope.admin.asking(from: "192.0.2.1", request: "0123456789abcdef"), world.acme, Ceilings([.vps: 8]))
                try await eventually { !receivers.taken(by: "own").isEmpty && !receivers.taken(by: "all").isEmpty }
                #expect(receivers.taken(by: "own") == ["tenant.changed acme -"] && receivers.taken(by: "all") == ["tenant.changed acme 192.0.2.1"])
            }
        }
    }

    @Test("Nobody has more told than he may know, nor to where the platform does not go")
    func creation() async throws {
        try await World.run { world in
            let (panel, url) = (try Name("panel"), try WebhookURL("https://example.com"))
            func scope(_ terms: TokenTerms, _ name: String) async throws -> Scope {
                try await world.plane.authenticate(try await world.plane.createToken(.admin, try Name(name), of: world.acme, terms).text, from: nil)
            }
            for (name, terms) in [
                ("some", TokenTerms(role: .owner, vpses: [world.web1])), ("member", TokenTerms(role: .member)), ("brief", TokenTerms(role: .owner, expiresAt: world.store.time + 1_000_000)),
            ] {
                let held = try await scope(terms, name)
                await #expect(throws: ControlPlaneError.self, "\(name)") { try await world.plane.createWebhook(held, panel, of: world.acme, to: url, []) }
            }
            let owner = try await scope(TokenTerms(role: .owner), "owner")
            for text in ["http://example.com", "https://127.0.0.1/", "https://10.66.0.2/", "https://[fd66:6006::1]/", "https://[::ffff:7f00:1]/"] {
                await #expect("\(text)") { try await world.plane.createWebhook(owner, panel, of: world.acme, to: try WebhookURL(text), []) } throws: { if case .refused(.wrongState) = $0 as? ControlPlaneError { true } else { false } }
            }
            await #expect(throws: ControlPlaneError.self) { try await world.plane.createWebhook(owner, panel, of: nil, to: url, []) }
            _ = try await world.plane.createWebhook(owner, panel, of: world.acme, to: url, [])
            #expect(try await world.plane.webhook(owner, panel, of: world.acme).url == url)
            let some = try await scope(TokenTerms(role: .owner, vpses: [world.web1]), "some-more")
            #expect(try await world.plane.webhooks(some, of: world.acme).isEmpty)
            await #expect(throws: ControlPlaneError.self) { try await world.plane.deleteWebhook(some, panel, of: world.acme) }
        }
    }
}
