internal import NodeModel
internal import Synchronization

extension ControlPlane {
    /// `input`: all that it is given to read. A guest that goes on and on, or says more than it may, is left.
    func run(_ command: [String], in id: VPSID, input: String) async throws -> GuestEnd {
        let heard = Heard()
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await link.stream(.exec(id, ExecRequest(command: command))) { stream in
                    try await stream.send(StreamFrame(.input, Array(input.utf8)))
                    try await stream.send(StreamFrame(.endOfInput))
                    while let frame = try await stream.next(), heard.end.withLock({ $0.hear(frame) }) {}
                }
            }
            group.addTask { try await Task.sleep(for: policy.patience.answer) }
            defer { group.cancelAll() }
            try await group.next()
        }
        return heard.end.withLock { $0 }
    }

    private final class Heard: Sendable { let end = Mutex(GuestEnd()) }
}
