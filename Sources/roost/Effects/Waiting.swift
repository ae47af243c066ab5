internal import APIClient
internal import APIModel
internal import Kernel

/// Waits for an operation's end and shows its progress on the standard error output.
struct Waiting: Sendable {
    let client: RoostClient

    /// A second, so that progress is seen to move; roostd answers sooner when the operation has ended.
    static let seconds = 1
    /// Even if roostd answered each time at once.
    private static let shortestPause = Duration.milliseconds(200)

    func end(of first: Operation) async throws -> Operation {
        let operation = first.hasFinished ? first : try await Interruption.watched(first.id) { try await follow(first) }
        if operation.status == "failed" { throw OperationFailed(operation: operation) }
        return operation
    }

    private func follow(_ first: Operation) async throws -> Operation {
        var line = ProgressLine(width: Screen.errorWidth)
        var operation = first
        do {
            while !operation.hasFinished {
                try Screen.write(line.update(operation))
                operation = try await next(operation.id)
            }
        } catch {
            try Screen.write(line.finish())
            throw error
        }
        try Screen.write(line.finish())
        return operation
    }

    private func next(_ id: String) async throws -> Operation {
        let begun = ContinuousClock.now
        let operation: Operation
        do { operation = try await client.operation(id, wait: Self.seconds) } catch let cause as Unreachable { throw OperationLost(id: id, cause: cause) }
        if !operation.hasFinished { try await Task.sleep(until: begun + Self.shortestPause, clock: .continuous) }
        return operation
    }
}
