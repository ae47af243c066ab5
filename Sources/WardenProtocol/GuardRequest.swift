/// What the node asks a warden, on the warden's own socket, later and after its own restarts. One packet each: a byte for the
/// kind, then the content. A warden lives through upgrades of the node: a kind keeps its number and its content for good.
package enum GuardRequest: Equatable, Sendable {
    /// Answered with `.status`.
    case status
    /// Send me what the console said so far, and what it says from now on. Answered with `.attached` or `.full`, then `.said`.
    case attach
    /// What is typed at the console.
    case type([UInt8])
    case resize(rows: UInt16, columns: UInt16)

    package var encoded: [UInt8] {
        var out = ByteWriter()
        switch self {
        case .status: out.put(GuardKind.status)
        case .attach: out.put(GuardKind.attach)
        case .type(let bytes): out.put(GuardKind.data); out.bytes += bytes
        case .resize(let rows, let columns): out.put(GuardKind.resize); out.put(rows); out.put(columns)
        }
        return out.bytes
    }

    package init(decoding bytes: [UInt8]) throws(MalformedMessage) {
        var message = ByteReader(bytes)
        switch try message.number(UInt8.self) {
        case GuardKind.status: self = .status
        case GuardKind.attach: self = .attach
        case GuardKind.data: self = .type(message.rest())
        case GuardKind.resize: self = .resize(rows: try message.number(), columns: try message.number())
        default: throw MalformedMessage()
        }
        guard message.isAtEnd else { throw MalformedMessage() }
    }
}
