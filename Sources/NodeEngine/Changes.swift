internal import Foundation
internal import NodeModel
internal import Synchronization

/// What one watcher has still to be told.
final class Changes: Sendable {
    private struct State {
        var waiting: [Observation] = []
        var isOver = false
    }

    private let state = Mutex(State())
    private let changed = NSCondition()

    /// Never waits: verbs call it. Of one VPS only the last observation counts.
    func add(_ observation: Observation) {
        alter { state in
            state.waiting.removeAll { $0.id == observation.id }
            state.waiting.append(observation)
        }
    }

    func end() { alter { $0.isOver = true } }

    /// Waits for one. Nil: the watcher is gone.
    func next() -> Observation? {
        changed.lock()
        defer { changed.unlock() }
        while true {
            let (observation, isOver) = state.withLock { state in (state.waiting.isEmpty || state.isOver ? nil : state.waiting.removeFirst(), state.isOver) }
            if isOver { return nil }
            if let observation { return observation }
            changed.wait()
        }
    }

    private func alter(_ change: (inout State) -> Void) {
        changed.lock()
        state.withLock { change(&$0) }
        changed.broadcast()
        changed.unlock()
    }
}
