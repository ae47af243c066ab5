/// What a warden answers.
package enum GuardAnswer: Equatable, Sendable {
    /// The init's pid on the host; its pidfd comes along.
    case status(initPid: Int32)
    case attached
    /// What the console said.
    case said([UInt8])
    /// As many as it takes listen to the console already.
    case full

    package var encoded: [UInt8] {
        var out = ByteWriter()
        switch self {
        case .status(let pid): out.put(GuardKind.status); out.put(pid)
        case .attached: out.put(GuardKind.attach)
        case .said(let bytes): out.put(GuardKind.data); out.bytes += bytes
        case .full: out.put(GuardKind.full)
        }
        return out.bytes
    }

    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var message = ByteReader(bytes)
        switch try message.number(UInt8.self) {
        case GuardKind.status: self = .status(initPid: try message.number())
        case GuardKind.attach: self = .attached
        case GuardKind.data: self = .said(message.rest())
        case GuardKind.full: self = .full
        default: throw MalformedMessage()
        }
        guard message.isAtEnd else { throw MalformedMessage() }
    }
}
