internal import NodeModel
internal import Synchronization

/// Whether the node is there, and who waits for it.
final class NodeStatus: Sendable {
    private struct State {
        var online = false
        /// Since when it is as it is.
        var since = ContinuousClock.now
        var why = "it has not been reached yet"
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var next: UInt64 = 0
        var strays: [VPSID] = []
    }
    private let state = Mutex(State())

    var isOnline: Bool { state.withLock { $0.online } }
    var why: String { state.withLock { $0.why } }
    /// What the node has that no record knows. Nothing is done about them: they may be another roostd's.
    var strays: [VPSID] { state.withLock { $0.strays } }

    func found(strays: [VPSID]) {
        let waiting = state.withLock { state in
            (state.online, state.since, state.why, state.strays) = (true, .now, "", strays)
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    func lost(_ why: String) {
        state.withLock { state in
            if state.online { state.since = .now }
            (state.online, state.why) = (false, why)
        }
    }

    /// False: it is away, and has been for `patience`.
    func comesOnline(within patience: Duration) async -> Bool {
        let (online, since) = state.withLock { ($0.online, $0.since) }
        if online { return true }
        let left = patience - (ContinuousClock.now - since)
        guard left > .zero else { return false }
        await withTaskGroup { group in
            group.addTask { await self.online() }
            group.addTask { try? await Task.sleep(for: left) }  // cancellation ends the wait
            await group.next()
            group.cancelAll()
        }
        return isOnline
    }

    private func online() async {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let resume = state.withLock { state in
                    if state.online || Task.isCancelled { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if resume { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
    }
}
