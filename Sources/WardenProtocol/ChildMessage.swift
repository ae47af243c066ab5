/// What the child tells its warden before it executes. Nothing, and the end: it executes.
package enum ChildMessage: Equatable, Sendable {
    /// The controlling side of the guest's terminal comes along.
    case terminal
    /// A step of the plan's `child`, by its index, failed with this errno.
    case failed(step: UInt16, code: Int32)

    package static let longest = 16

    package var encoded: [UInt8] {
        var out = ByteWriter()
        switch self {
        case .terminal: out.put(1 as UInt8)
        case .failed(let step, let code): out.put(2 as UInt8); out.put(step); out.put(code)
        }
        return out.bytes
    }

    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var message = ByteReader(bytes)
        switch try message.number(UInt8.self) {
        case 1: self = .terminal
        case 2: self = .failed(step: try message.number(), code: try message.number())
        default: throw MalformedMessage()
        }
        guard message.isAtEnd else { throw MalformedMessage() }
    }
}
