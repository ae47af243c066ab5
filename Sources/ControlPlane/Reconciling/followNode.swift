internal import Domain
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
        listing = Listing(atWork: Set(vpsesAtWork))
        var why = "it ended the connection"
        do { try await watchWhileItAnswers() } catch NodeLinkError.unavailable(let reason) { why = reason } catch { why = "\(error)" }
        let reached = status.isOnline
        if reached, !Task.isCancelled { logger.warning("the node is lost", metadata: ["node": "\(policy.node)", "why": "\(why)"]) }
        status.lost(why)
        return reached
    }

    private func watchWhileItAnswers() async throws {
        try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            group.addTask { try await self.link.watch { event in try await self.handle(event) } }
            group.addTask {
                while true {
                    try await Task.sleep(for: self.policy.patience.heartbeat)
                    try await self.learnCapacity()
                }
            }
            try await group.next()
        }
    }

    /// It changes: templates, and the host's own files, take of it.
    private func learnCapacity() async throws {
        try await store.recordCapacity(try await link.capacity(within: policy.patience.answer), ofNode: policy.node)
    }

    private func handle(_ event: WatchEvent) async throws {
        switch event {
        case .observation(let observation):
            if listing == nil { await observed(observation) } else { listing?.observations.append(observation) }
        case .synchronised:
            guard let listing else { return }
            self.listing = nil
            try await synchronise(listing)
        }
    }

    /// The node said all that it has: the records learn it, then what waited goes on.
    private func synchronise(_ listing: Listing) async throws {
        let observations = listing.observations
        try await learnCapacity()
        try await store.replaceTemplates(try await link.templates(within: policy.patience.answer))
        let (_, strays) = try await store.record(observations, whole: true, by: "node")
        // What was being worked on, or is, may have appeared since.
        try await store.recordAbsence(node: policy.node, except: Set(observations.map(\.id)).union(listing.atWork).union(vpsesAtWork), by: "node")
        status.found(strays: strays)
        logger.info("the node is there", metadata: ["node": "\(policy.node)", "vpses": "\(observations.count)", "strays": "\(strays.count)"])
        for record in try await store.vpses(node: policy.node) where record.phase != .live || record.pending != nil || record.observedGeneration < record.generation {
            kick(.vps(record.id))
        }
    }
}

/// What a node says that it has, from the beginning of its answer to the end.
struct Listing {
    var observations: [Observation] = []
    /// What was being worked on when it began.
    let atWork: Set<VPSID>
}
