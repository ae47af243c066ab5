internal import Synchronization

/// So many places, and no more.
final class Room: Sendable {
    private let left: Mutex<Int>

    init(_ places: Int) { left = Mutex(places) }

    /// Nil: all are taken. It is left when it is let go.
    func enter() -> Place? {
        let isIn = left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
        return isIn ? Place(self) : nil
    }

    final class Place: Sendable {
        private let room: Room
        fileprivate init(_ room: Room) { self.room = room }
        deinit { room.left.withLock { $0 += 1 } }
    }
}
