internal import NodeModel

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
            status = frame.exitStatus
            return false
        default: return true
        }
    }

    /// The beginning of what it said, as far as any terminal may see it: a guest chooses these bytes.
    var words: String { String(decoding: said.filter { (32...126).contains($0) }, as: UTF8.self) }
}
