/// What a warden tells the node over the channel it was started with.
package enum Report: Equatable, Sendable {
    /// The child exists and waits; its pid on the host.
    case born(pid: Int32)
    /// The guest's program executes. `terminal` says that its controlling side comes with this message.
    case running(terminal: Bool)
    /// A step failed with this errno; everything is undone by the warden's end.
    case failed(Stage, step: UInt16, code: Int32)
    /// The program that was waited for has ended (waitid(2): CLD_EXITED 1, CLD_KILLED 2, CLD_DUMPED 3).
    case ended(code: Int32, status: Int32)

    package enum Stage: UInt8, Equatable, Sendable { case before = 1, onChild = 2, child = 3, clone = 4, plan = 5 }

    package var encoded: [UInt8] {
        var out = ByteWriter()
        switch self {
        case .born(let pid): out.put(1 as UInt8); out.put(pid)
        case .running(let terminal): out.put(2 as UInt8); out.put(terminal ? 1 as UInt8 : 0)
        case .failed(let stage, let step, let code): out.put(3 as UInt8); out.put(stage.rawValue); out.put(step); out.put(code)
        case .ended(let code, let status): out.put(4 as UInt8); out.put(code); out.put(status)
        }
        return out.bytes
    }

    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var message = ByteReader(bytes)
        switch try message.number(UInt8.self) {
        case 1: self = .born(pid: try message.number())
        case 2: self = .running(terminal: try message.number(UInt8.self) != 0)
        case 3:
            guard let stage = Stage(rawValue: try message.number()) else { throw MalformedMessage() }
            self = .failed(stage, step: try message.number(), code: try message.number())
        case 4: self = .ended(code: try message.number(), status: try message.number())
        default: throw MalformedMessage()
        }
        guard message.isAtEnd else { throw MalformedMessage() }
    }
}
