internal import ControlPlane
internal import Domain
internal import FakeNode
internal import Foundation
internal import HTTPAPI
internal import Logging
internal import Store
internal import Synchronization
internal import Testing
internal import WebhookClient

/// All that there is between an event and its receiver.
@Suite(.timeLimit(.minutes(5)))
struct DeliveryTests {
    struct Message: Decodable {
        struct Data: Decodable { var id: Int64; var kind: String; var subject: String }
        var type: String
        var timestamp: String
        var data: Data
    }

    @Test("Events come in their order, after a failure and after a restart, too, and nothing twice")
    func delivery() async throws {
        let folder = NSTemporaryDirectory() + "roost-delivery-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }  // best effort: a temporary folder
        var policy = Policy(
            node: "local", idBase: 65_536, idSlots: 10, pools: try AddressPool.parse(ipv4: ["10.66.0.0/16"], ipv6: ["fd66:6006::/48"]), nameServers: [], ratios: OvercommitRatios(cpu: 1, memory: 1, disk: 1))
        policy.webhookReach.privateNetworks = [try Network("127.0.0.0/8")]
        policy.patience.redelivery = .milliseconds(10) ... .milliseconds(50)
        policy.patience.look = .milliseconds(5)
        let store = try Store(path: "\(folder)/roost.sqlite", holding: try StateFolder(folder))
        let plane = ControlPlane(store: store, link: FakeNode(), policy: policy, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await plane.prepare()
        let acme = try Name("acme")
        _ = try await plane.createTenant(.admin, acme, Quantities())
        let failures = Mutex(2)
        let answer: Receiver.Answer = { _ in
            let fails = failures.withLock { left in
                left -= 1
                return left >= 0
            }
            return Receiver.answer(fails ? 500 : 200)
        }
        try await Receiver.run(answer) { receiver in
            _ = try await plane.createWebhook(.admin, try Name("panel"), of: acme, to: try WebhookURL("http://127.0.0.1:\(receiver.port)/hook"), [])
            func send(until isEnough: () async throws -> Bool) async throws {
                let courier = Courier(plane, through: try WebhookClient(reach: policy.webhookReach, limit: .seconds(250)), body: WebhookBody.json)
                try await withThrowingTaskGroup { group in
                    group.addTask { try await courier.run() }
                    defer { group.cancelAll() }
                    while try await !isEnough() { try await Task.sleep(for: .milliseconds(2)) }
                }
            }
            func isAllTaken() async throws -> Bool { try await store.webhook(try Name("panel"), of: acme).cursor == store.newestEvent() }
            try await send(until: isAllTaken)
            for ceiling in 1...3 { _ = try await plane.changeTenant(.admin, acme, Ceilings([.vps: Int64(ceiling)])) }
            try await send(until: isAllTaken)
            let messages = try receiver.requests.map { try JSONDecoder().decode(Message.self, from: Data($0.body.utf8)) }
            #expect(messages.map(\.type) == ["webhook.created", "webhook.created", "webhook.created", "tenant.changed", "tenant.changed", "tenant.changed"])
            #expect(messages.allSatisfy { $0.type == $0.data.kind && $0.timestamp.hasSuffix("Z") } && messages.map(\.data.id) == messages.map(\.data.id).sorted())
            #expect(receiver.requests.map { $0.headers["webhook-id"] } == messages.map { "evt_\($0.data.id)" })
        }
    }
}
