internal import Foundation
internal import Synchronization

final class Box<Value: Sendable>: Sendable {
    fileprivate let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
    func set(_ new: Value) { value.withLock { $0 = new } }
    var get: Value { value.withLock { $0 } }
}

extension Box<Int> {
    /// False: there is none left.
    func takeOne() -> Bool {
        value.withLock { left in
            left -= 1
            return left >= 0
        }
    }
}

final class Once: Sendable {
    private let done = Mutex(false)
    func first() -> Bool {
        done.withLock { done in
            defer { done = true }
            return !done
        }
    }
}

func removeFolder(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }
