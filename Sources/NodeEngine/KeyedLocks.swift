internal import Foundation
internal import NodeModel
internal import Synchronization

/// One verb at a time per VPS; different VPSes do not wait for each other.
final class KeyedLocks: Sendable {
    private let held = Mutex<Set<VPSID>>([])
    private let changed = NSCondition()

    func withLock<Result>(_ id: VPSID, _ body: () throws -> Result) rethrows -> Result {
        changed.lock()
        while !held.withLock({ $0.insert(id).inserted }) { changed.wait() }
        changed.unlock()
        defer {
            changed.lock()
            _ = held.withLock { $0.remove(id) }
            changed.broadcast()
            changed.unlock()
        }
        return try body()
    }
}
