internal import Domain
internal import Store

/// Which webhook's turn it is, decided without a clock, records or a network.
struct CourierRounds {
    /// How a turn ended.
    enum End: Equatable {
        /// All that it wants has been taken, or it is gone.
        case idle
        case more
        /// In milliseconds since 1970.
        case notBefore(Int64)
    }

    /// So many turns at once; and of one tenant, or one reseller with all of its own: who answers slowly holds up himself alone.
    let most: Int
    let mostOfOne: Int
    private var owners: [String: Name?] = [:]
    /// Whose turns are counted together.
    private var groups: [String: Name?] = [:]
    /// In the order in which they come to their turn, each once.
    private var ready: [String] = []
    private var running: Set<String> = []
    /// Of those running: something happened since they began.
    private var again: Set<String> = []
    private var waiting: [String: Int64] = [:]

    init(most: Int, ofOne mostOfOne: Int) {
        self.most = most
        self.mostOfOne = mostOfOne
    }

    /// Those that there are from now on. Of one that was not there before nothing is known: it has its turn.
    mutating func replace(with webhooks: [WebhookRecord]) {
        let known = owners
        owners = Dictionary(webhooks.map { ($0.id, $0.tenant) }) { $1 }
        // Also of those that are gone and still have their turn.
        groups = groups.filter { running.contains($0.key) }.merging(webhooks.map { ($0.id, $0.reseller ?? $0.tenant) }) { $1 }
        ready.removeAll { owners[$0] == nil }
        waiting = waiting.filter { owners[$0.key] != nil }
        for webhook in webhooks where known[webhook.id] == nil && !running.contains(webhook.id) {
            if let next = webhook.nextAttemptAt { waiting[webhook.id] = next } else { ready.append(webhook.id) }
        }
    }

    /// Events about these happened: `acme/web1` is of acme, if of a tenant's. Those who wait for their next attempt go on waiting.
    mutating func note(_ subjects: some Sequence<String>) {
        let tenants = Set(subjects.map { $0.prefix { $0 != "/" } })
        let isReady = Set(ready)
        for (id, owner) in owners where waiting[id] == nil && owner.map({ tenants.contains($0.text[...]) }) ?? true {
            if running.contains(id) { again.insert(id) } else if !isReady.contains(id) { ready.append(id) }
        }
    }

    /// Whose turn it is from `now` on, in milliseconds since 1970. `longest`: that anybody waits, whatever the clock is set to.
    mutating func begin(at now: Int64, atMost longest: Int64 = .max) -> [String] {
        for (id, time) in waiting.sorted(by: { $0.value < $1.value }) where time <= now || time - now > longest {
            waiting[id] = nil
            ready.append(id)
        }
        var ofGroup = Dictionary(running.map { (groups[$0] ?? nil, 1) }, uniquingKeysWith: +)
        var turns: [String] = []
        ready.removeAll { id in
            let group = groups[id] ?? nil
            guard running.count + turns.count < most, ofGroup[group, default: 0] < mostOfOne else { return false }
            ofGroup[group, default: 0] += 1
            turns.append(id)
            return true
        }
        running.formUnion(turns)
        return turns
    }

    mutating func end(_ id: String, _ end: End) {
        running.remove(id)
        let isAgain = again.remove(id) != nil
        guard owners[id] != nil else { return }
        switch end {
        case .idle: if isAgain { ready.append(id) }
        case .more: ready.append(id)
        case .notBefore(let time): waiting[id] = time
        }
    }
}
