internal import Dispatch
internal import Domain
internal import Identity
internal import Synchronization

/// Where passwords are hashed: one after another, and away from the threads that serve requests, as each takes long and much memory.
final class PasswordDesk: Sendable {
    private let queue = DispatchQueue(label: "roost.passwords", qos: .utility)
    private let waiting = Mutex(0)
    private let cost: Int
    /// Whoever comes then is sent away, or all would wait for a flood of strangers.
    private static let mostWaiting = 32

    /// `cost`: as `PasswordHash` has it.
    init(cost: Int) { self.cost = cost }

    func hash(_ password: String) async throws -> String { try await inTurn { [cost] in try PasswordHash(of: password, cost: cost).text } }

    /// `hash`: nil where there is no such user, which takes as long to say.
    func matches(_ password: String, _ hash: String?) async throws -> Bool {
        try await inTurn { [cost] in
            guard let hash else {
                _ = try PasswordHash(of: password, cost: cost)
                return false
            }
            guard let known = PasswordHash(hash) else { throw ControlPlaneError.failed("a user's password is recorded in an unknown form") }
            return try known.matches(password)
        }
    }

    private func inTurn<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let isIn = waiting.withLock { waiting in
            guard waiting < Self.mostWaiting else { return false }
            waiting += 1
            return true
        }
        guard isIn else { throw ControlPlaneError.tooManyRequests(.none(forSeconds: 5)) }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in queue.async { continuation.resume(with: Swift.Result { try work() }) } }
    }
}
