internal import Kernel
internal import NIOPosix

/// Ctrl-C while an operation is waited for ends the waiting, not the operation; it says so.
enum Interruption {
    static func watched<Result: Sendable>(_ id: String, _ body: @escaping @Sendable () async throws -> Result) async throws -> Result {
        let signals = try SignalPipe([.interrupt, .terminate, .hangUp])
        let threads = NIOThreadPool(numberOfThreads: 1)  // it blocks until a signal comes
        threads.start()
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                guard let signal = try await threads.runIfActive({ try signals.next() }) else { return nil }
                try? Screen.write("\nroost: operation \(Visible.text(id)) goes on; `roost operation wait \(Visible.text(id))` waits for it again\n")  // nobody may read it
                ThisProcess.end(status: 128 + signal.rawValue)
            }
            group.addTask { try await body() }
            defer { signals.interrupt() }
            while let ended = try await group.next() { if let ended { return ended } }
            throw CancellationError()
        }
    }
}
