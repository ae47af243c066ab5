internal import Synchronization

/// How many requests there were of each kind, and how long they took.
package final class RequestCounter: Sendable {
    struct Kind: Hashable, Sendable {
        var method: String
        /// As the router has it; nil: no route's.
        var route: String?
        var status: Int
    }
    struct Total: Sendable {
        var count: Int64 = 0
        var time = Duration.zero
    }
    private let totals = Mutex<[Kind: Total]>([:])

    package init() {}

    func note(_ kind: Kind, _ time: Duration) {
        totals.withLock { totals in
            totals[kind, default: Total()].count += 1
            totals[kind, default: Total()].time += time
        }
    }

    var all: [(Kind, Total)] { totals.withLock { Array($0) }.sorted { ($0.key.route ?? "", $0.key.method, $0.key.status) < ($1.key.route ?? "", $1.key.method, $1.key.status) }.map { ($0.key, $0.value) } }
}
