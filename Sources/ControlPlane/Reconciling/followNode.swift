internal import Logging
internal import NodeModel
internal import Store

extension Reconciler {
    /// Keeps watching the node; when it is away, tries again, ever more slowly. Until cancelled.
    func followNode() async {
        var delay = policy.patience.retry.lowerBound
        while !Task.isCancelled {
            let reached = await watch()
            delay = reached ? policy.patience.retry.lowerBound : min(delay * 2, policy.patience.retry.upperBound)
            try? await Task.sleep(for: delay)  // cancellation ends the loop
        }
    }

    /// Until the connection ends. True: the node was there for a while.
    private func watch() async -> Bool {
        listing = []
        atWorkWhenListed = Set(vpsesAtWork)
        var why = "it ended the connection"
        do { try await watchWhileItAnswers() } catch NodeLinkError.unavailable(let reason) { why = reason } catch { why = "\(error)" }
        let reached = status.isOnline
        if reached { logger.warning("the node is lost", metadata: ["node": "\(policy.node)", "why": "\(why)"]) }
        status.lost(why)
        return reached
    }

    private func watchWhileItAnswers() async throws {
        try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            group.addTask { try await self.link.watch { event in try await self.handle(event) } }
            group.addTask { [link, store, policy] in
                while true {
                    try await Task.sleep(for: policy.patience.heartbeat)
                    let capacity = try await link.capacity(within: policy.patience.answer)
                    try await store.recordCapacity(capacity, ofNode: policy.node)  // templates and the host's own files take of it
                }
            }
            try await group.next()
        }
    }

    private func handle(_ event: WatchEvent) async throws {
        switch event {
        case .observation(let observation):
            if listing == nil { await observed(observation) } else { listing?.append(observation) }
        case .synchronised:
            let observations = listing ?? []
            listing = nil
            try await synchronise(observations)
        }
    }

    /// The node said all that it has: the records learn it, then what waited goes on.
    private func synchronise(_ observations: [Observation]) async throws {
        try await store.recordCapacity(try await link.capacity(within: policy.patience.answer), ofNode: policy.node)
        try await store.replaceTemplates(try await link.templates(within: policy.patience.answer))
        let (_, strays) = try await store.record(observations, whole: true, by: "node")
        // What was being worked on, or is, may have appeared since.
        try await store.recordAbsence(node: policy.node, except: Set(observations.map(\.id)).union(vpsesAtWork).union(atWorkWhenListed), by: "node")
        status.found(strays: strays)
        logger.info("the node is there", metadata: ["node": "\(policy.node)", "vpses": "\(observations.count)", "strays": "\(strays.count)"])
        for record in try await store.vpses(node: policy.node) where record.phase != .live || record.pending != nil || record.observedGeneration < record.generation {
            kick(.vps(record.id))
        }
    }
}
