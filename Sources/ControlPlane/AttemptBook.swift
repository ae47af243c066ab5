internal import Domain
internal import Synchronization

/// Who has lately failed to prove who he is: after some failures each next one makes him wait twice as long. Counted apart for each
/// network that it is tried from; and together, so that many networks are no way round, but not for those that he lately logged in
/// from: nobody keeps another out of there.
final class AttemptBook: Sendable {
    fileprivate struct Key: Hashable {
        var login: Login
        /// Nil: wherever from.
        var network: String?
    }

    fileprivate struct Failures {
        var count = 0
        var at: Int64 = 0

        /// In milliseconds.
        func wait(under rule: Rule, at now: Int64) -> Int64 {
            guard count >= rule.free, now >= at else { return 0 }
            return max(0, min(rule.longest, 1000 << Int64(min(20, count - rule.free))) - (now - at))
        }

        func isForgotten(at now: Int64) -> Bool { now - at >= AttemptBook.memory }
    }

    /// How many may fail before anybody waits, and for how long at most, in milliseconds.
    fileprivate struct Rule {
        let free: Int
        let longest: Int64
        static let oneNetwork = Rule(free: 5, longest: 900_000)
        static let all = Rule(free: 100, longest: 60_000)
    }

    fileprivate struct State {
        var failures: [Key: Failures] = [:]
        /// From where each has logged in lately, the latest last.
        var proven: [Login: [String]] = [:]
    }
    private let state = Mutex(State())

    /// After so long without a failure nothing is remembered of it.
    fileprivate static let memory: Int64 = 3_600_000
    fileprivate static let most = 10_000
    private static let mostProven = 4

    /// Throws `tooManyRequests` while he has to wait. An attempt counts as failed until it has succeeded, so that many at once are many.
    func begin(_ login: Login, from network: String, at now: Int64) throws(ControlPlaneError) {
        let wait = state.withLock { state -> Int64 in
            state.makeRoom(at: now)
            let keys = state.keys(login, network)
            let wait = keys.map { key, rule in state.failures[key]?.wait(under: rule, at: now) ?? 0 }.max() ?? 0
            guard wait == 0 else { return wait }
            for (key, _) in keys { state.failures[key] = state.failed(key, at: now) }
            return 0
        }
        guard wait == 0 else { throw .tooManyRequests(.none(forSeconds: (wait + 999) / 1000)) }
    }

    func succeed(_ login: Login, from network: String) {
        state.withLock { state in
            for (key, _) in state.keys(login, network) { state.failures[key] = nil }
            if state.proven.count >= Self.most { state.proven = [:] }
            state.proven[login] = Array(((state.proven[login] ?? []).filter { $0 != network } + [network]).suffix(Self.mostProven))
        }
    }

    /// It was not looked at: it does not count.
    func withdraw(_ login: Login, from network: String) {
        state.withLock { state in for (key, _) in state.keys(login, network) { state.failures[key]?.count -= 1 } }
    }

    var count: Int { state.withLock { $0.failures.count } }
}

extension AttemptBook.State {
    fileprivate func keys(_ login: Login, _ network: String) -> [(AttemptBook.Key, AttemptBook.Rule)] {
        let own = (AttemptBook.Key(login: login, network: network), AttemptBook.Rule.oneNetwork)
        return proven[login]?.contains(network) == true ? [own] : [own, (AttemptBook.Key(login: login), .all)]
    }

    fileprivate func failed(_ key: AttemptBook.Key, at now: Int64) -> AttemptBook.Failures {
        let before = failures[key].map { $0.isForgotten(at: now) ? 0 : $0.count } ?? 0
        return AttemptBook.Failures(count: before + 1, at: now)
    }

    /// Whoever has to wait is forgotten last: many made-up names shall free nobody.
    fileprivate mutating func makeRoom(at now: Int64) {
        guard failures.count >= AttemptBook.most else { return }
        failures = failures.filter { !$0.value.isForgotten(at: now) }
        guard failures.count >= AttemptBook.most else { return }
        failures = failures.filter { $0.value.count >= AttemptBook.Rule.oneNetwork.free }
        if failures.count >= AttemptBook.most { failures = [:] }
    }
}
