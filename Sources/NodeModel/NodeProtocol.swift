/// What travels between the control plane and a node, over a local stream socket (docs below; later over mutual TLS).
///
/// Every frame is a 4-byte big-endian length of what follows it, one byte `FrameKind`, and that many − 1 bytes of payload.
/// The control plane sends one `NodeRequest` (JSON, kind `.message`); the node answers with zero or more `.progress`
/// replies and one final reply. A connection serves one request after another. `exec` and `console` answer
/// `.streaming`, after which both sides send stream frames until the node's `.exit`, and the node closes the connection.
/// `watch` answers `.observation` for ever.
package enum NodeRequest: Codable, Sendable, Equatable {
    case capacity
    case doctor
    /// Idempotent by id and generation: the disk exists and the power is as asked when it is answered with `.observation`.
    /// A running VPS whose specification says stopped is asked to shut down, and killed after `graceSeconds` (0: at once).
    case put(VPSSpecification, graceSeconds: Int)
    /// Stops and starts a VPS that is running; the same specification. Idempotent by `operation`, which names this restart.
    case restart(VPSID, operation: String, graceSeconds: Int)
    /// Stops, and removes everything, the disk included. Already gone is success. Answered with `.done`.
    case remove(VPSID)
    case observe(VPSID)
    case observeAll
    /// Answers `.observation` for each VPS that there is, then `.done`, then one `.observation` for every change.
    case watch
    case exec(VPSID, ExecRequest)
    case console(VPSID)
    case templates
    /// Answered with `.progress`es, then `.templates` of the one built.
    case buildTemplate(String)
    /// Whoever asked for the build is answered with a problem, once nothing is left of it. None under way is success. Answered with `.done`.
    case cancelTemplateBuild(String)
    case removeTemplate(String)
}

package struct ExecRequest: Codable, Sendable, Equatable {
    /// The program, looked up in the guest's PATH, and its arguments.
    package var command: [String]
    package var environment: [String: String]
    package var terminal: TerminalSize?

    package init(command: [String], environment: [String: String] = [:], terminal: TerminalSize? = nil) {
        self.command = command
        self.environment = environment
        self.terminal = terminal
    }
}

package struct TerminalSize: Codable, Sendable, Equatable {
    package var rows: UInt16
    package var columns: UInt16

    package init(rows: UInt16, columns: UInt16) {
        self.rows = rows
        self.columns = columns
    }
}

package enum NodeReply: Codable, Sendable, Equatable {
    case done
    case capacity(NodeCapacity)
    case checks([Check])
    case observation(Observation)
    case observations([Observation])
    case templates([TemplateObservation])
    /// 0…1, and what is being done.
    case progress(fraction: Double, message: String)
    case streaming
    case problem(NodeProblem)
}

/// Why a node could not. `code` is stable.
package struct NodeProblem: Error, Codable, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Codable, Sendable {
        case notFound, stale, invalid, poolFull, templateMissing, templateBuildFailed, cancelled, startFailed, notRunning, busy, unsupported, failed
    }
    package var code: Code
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}

/// The byte behind each frame's length; the stream kinds are also the first byte of each binary WebSocket message of
/// the HTTP API's `exec` and `console`.
package enum FrameKind: UInt8, Sendable {
    case input = 0
    case output = 1
    case errorOutput = 2
    /// Rows, columns: two big-endian UInt16.
    case resize = 3
    /// A big-endian Int32: the exit status, 128 + n for signal n. The stream is over.
    case exit = 4
    /// No more input follows.
    case endOfInput = 5
    /// UTF-8: why the stream cannot go on.
    case failure = 6
    /// A JSON `NodeRequest` or `NodeReply`; not in a stream.
    case message = 16
}

package enum FrameLimits {
    /// A frame that says it is longer ends the connection.
    package static let longest = 1 << 20
    /// Stream payloads are cut to this.
    package static let streamChunk = 1 << 15
}
