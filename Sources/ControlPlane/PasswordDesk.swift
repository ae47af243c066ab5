internal import Dispatch
internal import Domain
internal import Identity
internal import Synchronization

/// Where passwords are hashed: one after another, and away from the threads that serve requests, as each takes long and much memory.
final class PasswordDesk: Sendable {
    private let queue = DispatchQueue(label: "roost.passwords", qos: .utility)
    /// By the network that they come from.
    private let waiting = Mutex<[String: Int]>([:])
    private let cost: Int
    /// Whoever comes then is sent away, or all would wait for a flood of strangers.
    static let most = (inAll: 32, fromOneNetwork: 4)

    /// `cost`: as `PasswordHash` has it.
    init(cost: Int) { self.cost = cost }

    /// `network`: from where it was asked for; nil: on this host, whose admins always have their turn.
    func hash(_ password: String, from network: String?) async throws -> String { try await inTurn(network) { [cost] in try PasswordHash(of: password, cost: cost).text } }

    /// `hash`: nil where there is no such user, which takes as long to say.
    func matches(_ password: String, _ hash: String?, from network: String?) async throws -> Bool {
        try await inTurn(network) { [cost] in
            guard let hash else {
                _ = try PasswordHash(of: password, cost: cost)
                return false
            }
            guard let known = PasswordHash(hash) else { throw ControlPlaneError.failed("a user's password is recorded in an unknown form") }
            return try known.matches(password)
        }
    }

    private func inTurn<Result: Sendable>(_ network: String?, _ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        if let network, !enter(network) { throw ControlPlaneError.tooManyRequests(.none(forSeconds: 5)) }
        defer { if let network { leave(network) } }
        return try await withCheckedThrowingContinuation { continuation in queue.async { continuation.resume(with: Swift.Result { try work() }) } }
    }

    private func enter(_ network: String) -> Bool {
        waiting.withLock { waiting in
            guard waiting.values.reduce(0, +) < Self.most.inAll, waiting[network, default: 0] < Self.most.fromOneNetwork else { return false }
            waiting[network, default: 0] += 1
            return true
        }
    }

    private func leave(_ network: String) { waiting.withLock { waiting in waiting[network] = waiting[network].flatMap { $0 > 1 ? $0 - 1 : nil } } }
}
