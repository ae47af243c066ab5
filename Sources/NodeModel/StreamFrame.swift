/// One frame of `NodeProtocol`: a 4-byte big-endian length of what follows it, a byte for the kind, the payload.
package struct StreamFrame: Sendable, Equatable {
    package var kind: FrameKind
    package var payload: [UInt8]

    package init(_ kind: FrameKind, _ payload: [UInt8] = []) {
        self.kind = kind
        self.payload = payload
    }
}

extension StreamFrame {
    package static let headLength = 4

    package func encoded() throws(MalformedFrame) -> [UInt8] {
        guard payload.count < FrameLimits.longest else { throw .length(payload.count + 1) }
        return bigEndian(UInt32(payload.count + 1)) + [kind.rawValue] + payload
    }

    /// How many bytes follow a head.
    package static func bodyLength(head: some Collection<UInt8>) throws(MalformedFrame) -> Int {
        let length = head.reduce(0) { $0 << 8 | Int($1) }
        guard head.count == headLength, length >= 1, length <= FrameLimits.longest else { throw .length(length) }
        return length
    }

    /// `body`: what follows the head.
    package init(body: some Collection<UInt8>) throws(MalformedFrame) {
        guard let byte = body.first else { throw .length(0) }
        guard let kind = FrameKind(rawValue: byte) else { throw .kind(byte) }
        self.init(kind, Array(body.dropFirst()))
    }
}

/// What both ends break a connection off for.
package enum MalformedFrame: Error, Sendable, Equatable, CustomStringConvertible {
    case length(Int)
    case kind(UInt8)

    package var description: String {
        switch self {
        case .length(let count): "a frame of \(count) bytes"
        case .kind(let byte): "a frame of kind \(byte)"
        }
    }
}

// What the frames of a stream carry.

extension StreamFrame {
    package static func resize(_ size: TerminalSize) -> StreamFrame { StreamFrame(.resize, bigEndian(size.rows) + bigEndian(size.columns)) }

    /// The end of a stream: the program's exit status, or 128 and its signal.
    package static func exit(_ status: Int32) -> StreamFrame { StreamFrame(.exit, bigEndian(UInt32(bitPattern: status))) }

    /// Nil: it is no such frame.
    package var exitStatus: Int32? { kind == .exit && payload.count == 4 ? Int32(bitPattern: payload.reduce(0) { $0 << 8 | UInt32($1) }) : nil }
}

extension TerminalSize {
    /// Of a `.resize` frame. Nil: it is none.
    package init?(payload: [UInt8]) {
        guard payload.count == 4 else { return nil }
        self.init(rows: UInt16(payload[0]) << 8 | UInt16(payload[1]), columns: UInt16(payload[2]) << 8 | UInt16(payload[3]))
    }
}

private func bigEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    stride(from: Number.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> $0) }
}
