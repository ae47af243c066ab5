internal import Synchronization

/// What is known of running operations beyond their records: how far they are, and who waits for their end.
final class OperationBoard: Sendable {
    struct Progress: Sendable, Equatable {
        var fraction: Double
        var message: String
    }

    private struct State {
        var open: [String: Progress] = [:]
        var waiting: [String: [UInt64: CheckedContinuation<Void, Never>]] = [:]
        var next: UInt64 = 0
        var version: UInt64 = 0
    }
    private let state = Mutex(State())

    /// Another each time that one moved on.
    var version: UInt64 { state.withLock { $0.version } }

    /// Before the operation is recorded, or its end could be missed.
    func begin(_ id: String) { state.withLock { $0.open[id] = Progress(fraction: 0, message: "") } }

    func progress(_ id: String, _ fraction: Double, _ message: String) {
        state.withLock { state in
            guard state.open[id] != nil else { return }
            state.open[id] = Progress(fraction: min(1, max(0, fraction)), message: message)
            state.version += 1
        }
    }

    /// False: it has ended, or was cancelled.
    func isOpen(_ id: String) -> Bool { progress(of: id) != nil }

    func progress(of id: String) -> Progress? { state.withLock { $0.open[id] } }

    /// After its end is recorded.
    func end(_ id: String) {
        let waiting = state.withLock { state in
            state.open[id] = nil
            return state.waiting.removeValue(forKey: id)
        }
        for continuation in waiting?.values.map({ $0 }) ?? [] { continuation.resume() }
    }

    /// Returns at the operation's end, after `limit`, or when cancelled.
    func ended(_ id: String, within limit: Duration) async {
        guard isOpen(id), limit > .zero else { return }
        await withTaskGroup { group in
            group.addTask { await self.ended(id) }
            group.addTask { try? await Task.sleep(for: limit) }  // cancellation ends the wait
            await group.next()
            group.cancelAll()
        }
    }

    /// The daemon ends: nobody waits any longer.
    func release() {
        let waiting = state.withLock { state in
            state.open = [:]
            defer { state.waiting = [:] }
            return state.waiting.values.flatMap(\.values)
        }
        for continuation in waiting { continuation.resume() }
    }

    private func ended(_ id: String) async {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let resume = state.withLock { state in
                    if state.open[id] == nil || Task.isCancelled { return true }
                    state.waiting[id, default: [:]][number] = continuation
                    return false
                }
                if resume { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting[id]?.removeValue(forKey: number) }?.resume()
        }
    }
}
