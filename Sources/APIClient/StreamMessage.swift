/// What travels in exec and console streams, one binary WebSocket message each (subprotocol `roost.stream.v1`): a byte for the kind, then its content.
package enum StreamMessage: Sendable, Equatable {
    case input([UInt8])
    case output([UInt8])
    case errorOutput([UInt8])
    case resize(rows: UInt16, columns: UInt16)
    /// The guest's program has ended: its exit status, or 128 and its signal. Nothing follows.
    case exit(Int32)
    case endOfInput
    /// The stream cannot go on. Nothing follows.
    case failure(String)

    package static let subprotocol = "roost.stream.v1"

    package struct Malformed: Error, Sendable, Equatable, CustomStringConvertible {
        package let kind: UInt8?
        package let length: Int
        package var description: String {
            kind.map { "a stream message of kind \($0) with \(length) bytes of content" } ?? "a stream message without a kind"
        }
    }

    package init(decoding message: [UInt8]) throws(Malformed) {
        guard let kind = message.first else { throw Malformed(kind: nil, length: 0) }
        let content = Array(message.dropFirst())
        switch (kind, content.count) {
        case (0, _): self = .input(content)
        case (1, _): self = .output(content)
        case (2, _): self = .errorOutput(content)
        case (3, 4): self = .resize(rows: Self.integer(content.prefix(2)), columns: Self.integer(content.suffix(2)))
        case (4, 4): self = .exit(Int32(bitPattern: Self.integer(content)))
        case (5, 0): self = .endOfInput
        case (6, _): self = .failure(String(decoding: content, as: UTF8.self))
        default: throw Malformed(kind: kind, length: content.count)
        }
    }

    package var encoded: [UInt8] {
        switch self {
        case .input(let bytes): [0] + bytes
        case .output(let bytes): [1] + bytes
        case .errorOutput(let bytes): [2] + bytes
        case .resize(let rows, let columns): [3] + Self.bytes(rows) + Self.bytes(columns)
        case .exit(let status): [4] + Self.bytes(UInt32(bitPattern: status))
        case .endOfInput: [5]
        case .failure(let words): [6] + Array(words.utf8)
        }
    }

    private static func integer<Integer: FixedWidthInteger>(_ bytes: some Sequence<UInt8>) -> Integer { bytes.reduce(0) { $0 << 8 | Integer($1) } }

    private static func bytes<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
        stride(from: Integer.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
