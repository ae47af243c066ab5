internal import Synchronization

/// So many places, and no more.
package final class Room: Sendable {
    private let left: Mutex<Int>

    package init(_ places: Int) { left = Mutex(places) }

    /// Nil: all are taken.
    package func enter() -> Place? {
        let isIn = left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
        return isIn ? Place { [self] in left.withLock { $0 += 1 } } : nil
    }
}
