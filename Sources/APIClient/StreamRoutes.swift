internal import NIOCore

/// The size of a terminal, in characters.
package struct TerminalSize: Sendable, Equatable {
    package var rows: UInt16
    package var columns: UInt16

    package init(rows: UInt16, columns: UInt16) {
        self.rows = rows
        self.columns = columns
    }
}

extension RoostClient {
    /// Runs `command` in the VPS for as long as `body` does. With `terminal`, the program gets a terminal of that size, and one output.
    package func exec<Result>(
        _ command: [String], in name: VPSName, terminal: TerminalSize? = nil, _ body: (GuestStream) async throws -> Result
    ) async throws -> Result {
        var query = command.map { (name: "command", value: $0) }
        if let terminal { query += [("tty", "1"), ("rows", "\(terminal.rows)"), ("columns", "\(terminal.columns)")] }
        return try await stream(name.target("exec", query: query), body)
    }

    /// Attaches to the VPS's console for as long as `body` does. What was said so far comes first.
    package func console<Result>(of name: VPSName, _ body: (GuestStream) async throws -> Result) async throws -> Result {
        try await stream(name.target("console"), body)
    }

    private func stream<Result>(_ target: RequestTarget, _ body: (GuestStream) async throws -> Result) async throws -> Result {
        let frames = try await handshake().open(target)
        return try await frames.executeThenClose { inbound, outbound in
            let stream = GuestStream(inbound: inbound, outbound: outbound, loop: frames.channel.eventLoop, endpoint: endpoint)
            let result = try await body(stream)
            try? await stream.sayGoodbye()  // the other side may have gone first
            return result
        }
    }
}
