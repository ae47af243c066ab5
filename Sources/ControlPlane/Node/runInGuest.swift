internal import NodeModel
internal import Synchronization

/// What came of a command in a guest.
struct GuestEnd: Sendable {
    /// Nil: it did not end in time, said too much, or the node broke off.
    var status: Int32?
    private var said: [UInt8] = []
    private var length = 0

    static let mostSaid = 64 << 10

    /// False: it has ended, or is to be heard no longer.
    mutating func hear(_ frame: StreamFrame) -> Bool {
        switch frame.kind {
        case .output, .errorOutput, .failure:
            length += frame.payload.count
            said += frame.payload.prefix(max(0, 200 - said.count))
            return frame.kind != .failure && length <= Self.mostSaid
        case .exit:
            status = frame.payload.reduce(0) { $0 << 8 | Int32($1) }
            return false
        default: return true
        }
    }

    /// The beginning of what it said, as far as any terminal may see it: a guest chooses these bytes.
    var words: String { String(decoding: said.filter { (32...126).contains($0) }, as: UTF8.self) }
}

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
