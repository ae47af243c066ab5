internal import ControlPlane
internal import Domain
internal import Store
internal import Synchronization

/// Whom webhooks tell, answering as a test says.
final class FakeReceivers: WebhookLink {
    struct Sent: Sendable {
        var message: WebhookMessage
        var host: String
        var words: String { String(decoding: message.body, as: UTF8.self) }
    }
    typealias Answer = @Sendable (Sent) async throws(WebhookLinkError) -> Int

    private let sent = Mutex<[Sent]>([])
    private let taken = Mutex<[Sent]>([])
    private let answer: Answer

    init(_ answer: @escaping Answer = { _ in 200 }) { self.answer = answer }

    func send(_ message: WebhookMessage, to url: WebhookURL, isPlatforms: Bool) async throws(WebhookLinkError) -> Int {
        let one = Sent(message: message, host: url.host)
        sent.withLock { $0.append(one) }
        let status = try await answer(one)
        if status < 300 { taken.withLock { $0.append(one) } }
        return status
    }

    /// In their order, also what was not taken.
    func sent(to host: String) -> [Sent] { sent.withLock { $0.filter { $0.host == host } } }
    /// What was said in what was taken.
    func taken(by host: String) -> [String] { taken.withLock { $0.filter { $0.host == host }.map(\.words) } }
}

extension World {
    /// What is sent of an event is its kind, whom it is about, and from where it was done.
    func sending(through receivers: FakeReceivers, _ body: () async throws -> Void) async throws {
        let courier = Courier(plane, through: receivers) { Array("\($0.kind) \($0.subject) \($0.source ?? "-")".utf8) }
        try await withThrowingTaskGroup { group in
            group.addTask { try await courier.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    /// Sent to the host of that name.
    @discardableResult
    func hook(_ name: String, of tenant: Name?, _ kinds: String...) async throws -> String {
        try await plane.createWebhook(.admin, try Name(name), of: tenant, to: try WebhookURL("https://\(name)"), try kinds.map { try EventChoice($0) }).secret
    }

    /// Something happens to acme.
    func change(_ ceiling: Int64) async throws { _ = try await plane.changeTenant(.admin, acme, Ceilings([.vps: ceiling])) }
}
