internal import Domain
internal import Synchronization

/// Who has lately failed to prove who he is: after some failures each next one makes him wait twice as long. Counted apart for each
/// network that it is tried from, so that nobody can keep a user out; and together, slower, so that many networks are no way round.
final class AttemptBook: Sendable {
    private struct Key: Hashable {
        var login: Login
        /// Nil: wherever from.
        var network: String?
    }
    private struct Failures {
        var count: Int
        var at: Int64

        /// In milliseconds.
        func wait(_ free: Int, at now: Int64) -> Int64 {
            guard count >= free, now >= at else { return 0 }
            return min(longest, 1000 << Int64(min(20, count - free))) - (now - at)
        }
    }
    private let failures = Mutex<[Key: Failures]>([:])

    private static let free = (fromOneNetwork: 5, inAll: 100)
    private static let longest: Int64 = 900_000
    /// After so long without a failure nothing is remembered of it.
    private static let memory: Int64 = 3_600_000
    private static let most = 10_000

    /// Throws `tooManyRequests` while he has to wait. An attempt counts as failed until it has succeeded, so that many at once are many.
    func begin(_ login: Login, from network: String, at now: Int64) throws(ControlPlaneError) {
        let wait = failures.withLock { failures -> Int64 in
            if failures.count >= Self.most { failures = failures.filter { now - $0.value.at < Self.memory } }
            if failures.count >= Self.most { failures = [:] }
            let keys = Self.keys(login, network)
            let wait = keys.map { key, free in failures[key].map { $0.wait(free, at: now) } ?? 0 }.max() ?? 0
            guard wait <= 0 else { return wait }
            for (key, _) in keys { failures[key] = Failures(count: (failures[key].map { now - $0.at < Self.memory ? $0.count : 0 } ?? 0) + 1, at: now) }
            return 0
        }
        guard wait <= 0 else { throw .tooManyRequests(.none(forSeconds: (wait + 999) / 1000)) }
    }

    func succeed(_ login: Login, from network: String) {
        failures.withLock { failures in for (key, _) in Self.keys(login, network) { failures[key] = nil } }
    }

    private static func keys(_ login: Login, _ network: String) -> [(Key, free: Int)] {
        [(Key(login: login, network: network), free.fromOneNetwork), (Key(login: login, network: nil), free.inAll)]
    }
}
