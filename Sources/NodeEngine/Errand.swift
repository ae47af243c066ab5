internal import Foundation
internal import Synchronization

/// Something done on a thread of its own while the caller goes on: blocking calls do not belong on a shared pool.
final class Errand<Value: Sendable>: Sendable {
    private let result = Mutex<Result<Value, any Error>?>(nil)
    private let done = NSCondition()

    init(_ body: @escaping @Sendable () throws -> Value) {
        Thread.detachNewThread {
            let outcome = Result { try body() }
            self.done.lock()
            self.result.withLock { $0 = outcome }
            self.done.broadcast()
            self.done.unlock()
        }
    }

    /// Nil: not done within `seconds`; it goes on.
    func wait(atMost seconds: Double) -> Result<Value, any Error>? {
        let end = Date(timeIntervalSinceNow: seconds)
        done.lock()
        defer { done.unlock() }
        while true {
            if let outcome = result.withLock({ $0 }) { return outcome }
            if !done.wait(until: end) { return nil }
        }
    }

    func wait() throws -> Value {
        done.lock()
        defer { done.unlock() }
        while true {
            if let outcome = result.withLock({ $0 }) { return try outcome.get() }
            done.wait()
        }
    }
}
