internal import NodeModel
internal import Synchronization

/// What is known of the VPSes between two looks at the kernel: which verb is at work, which warden was started here,
/// and who wants to hear of changes. Nothing that matters is lost with it.
final class Board: Sendable {
    private struct State {
        var underway: [VPSID: Observation.State] = [:]
        var guarded: [VPSID: Guarded] = [:]
        var watchers: [Int: @Sendable (Observation) -> Void] = [:]
        var nextWatcher = 0
        var nextInstance: UInt64 = 1
    }

    /// One life of a guest: a new number each time it starts.
    struct Guarded: Sendable, Equatable {
        var instance: UInt64
        /// Our child, to be reaped; nil for a warden that an earlier run of the node started.
        var wardenPid: Int32?
        var startedAt: ContinuousClock.Instant
    }

    private let state = Mutex(State())

    func underway(_ id: VPSID) -> Observation.State? { state.withLock { $0.underway[id] } }
    func setUnderway(_ id: VPSID, _ now: Observation.State?) { state.withLock { $0.underway[id] = now } }

    func begin(_ id: VPSID, wardenPid: Int32?) -> UInt64 {
        state.withLock {
            let instance = $0.nextInstance
            $0.nextInstance += 1
            $0.guarded[id] = Guarded(instance: instance, wardenPid: wardenPid, startedAt: .now)
            return instance
        }
    }

    func guarded(_ id: VPSID) -> Guarded? { state.withLock { $0.guarded[id] } }
    func end(_ id: VPSID) -> Guarded? { state.withLock { $0.guarded.removeValue(forKey: id) } }

    func watch(_ watcher: @escaping @Sendable (Observation) -> Void) -> Int {
        state.withLock {
            let number = $0.nextWatcher
            $0.nextWatcher += 1
            $0.watchers[number] = watcher
            return number
        }
    }

    func unwatch(_ number: Int) { state.withLock { _ = $0.watchers.removeValue(forKey: number) } }

    func publish(_ observation: Observation) {
        for watcher in state.withLock({ Array($0.watchers.values) }) { watcher(observation) }
    }
}
