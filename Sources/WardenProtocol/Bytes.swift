/// Little-endian integers and length-prefixed bytes, written.
struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func put<Number: FixedWidthInteger>(_ number: Number) {
        var rest = number
        for _ in 0..<(Number.bitWidth / 8) {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest = Number.bitWidth > 8 ? rest >> 8 : 0
        }
    }

    mutating func put(_ text: [UInt8]) throws(MessageTooLong) {
        try putCount(text.count, as: UInt32.self)
        bytes += text
    }

    /// Of what follows. A stranger may have chosen how much: too much for the number is an error, not a trap.
    mutating func putCount<Number: FixedWidthInteger>(_ count: Int, as _: Number.Type) throws(MessageTooLong) {
        guard let count = Number(exactly: count) else { throw MessageTooLong() }
        put(count)
    }
}

/// What `ByteWriter` wrote, read again. A message that ends early or says something unknown is refused whole.
struct ByteReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(MalformedMessage) -> Number {
        let size = Number.bitWidth / 8
        guard bytes.count - position >= size else { throw MalformedMessage() }
        var value: Number = 0
        for index in 0..<size { value |= Number(truncatingIfNeeded: bytes[position + index]) << Number(truncatingIfNeeded: 8 * index) }
        position += size
        return value
    }

    mutating func text() throws(MalformedMessage) -> [UInt8] {
        let size = Int(try number(UInt32.self))
        guard bytes.count - position >= size else { throw MalformedMessage() }
        let text = Array(bytes[position..<position + size])
        position += size
        return text
    }

    /// All that is left.
    mutating func rest() -> [UInt8] {
        defer { position = bytes.count }
        return Array(bytes[position...])
    }
}

package struct MessageTooLong: Error, Equatable {
    package init() {}
}

package struct MalformedMessage: Error, Equatable {
    package init() {}
}
