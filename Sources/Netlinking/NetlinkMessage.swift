internal import CNetlink

/// A netlink(7) message while it is being built: header, a fixed part, attributes, all aligned to 4 bytes.
package struct NetlinkMessage: Sendable, Equatable {
    private var bytes: [UInt8]
    package let type: UInt16
    package let flags: UInt16

    /// `fixed`: what follows the header before the attributes (`ifinfomsg`, `nfgenmsg`, …), in memory order.
    package init(type: Int, flags: Int32, fixed: [UInt8]) {
        self.type = UInt16(type)
        self.flags = UInt16(flags | NLM_F_REQUEST)
        bytes = [UInt8](repeating: 0, count: Self.headerLength) + fixed
        align()
    }

    package static let headerLength = 16

    package mutating func attribute(_ type: Int, _ value: [UInt8]) {
        bytes += native(UInt16(4 + value.count)) + native(UInt16(type)) + value
        align()
    }

    package mutating func attribute(_ type: Int, _ value: UInt32) { attribute(type, native(value)) }

    /// NUL-terminated, as the kernel wants its strings.
    package mutating func attribute(_ type: Int, text: String) { attribute(type, Array(text.utf8) + [0]) }

    /// `fixed`: what precedes the nested attributes (veth's peer has an `ifinfomsg` there). `marked`: with NLA_F_NESTED,
    /// which nf_tables always sets and rtnetlink's older attributes do not.
    package mutating func nested(_ type: Int, fixed: [UInt8] = [], marked: Bool = false, _ body: (inout NetlinkMessage) -> Void) {
        let start = bytes.count
        bytes += [0, 0, 0, 0] + fixed
        align()
        body(&self)
        bytes.replaceSubrange(start..<start + 4, with: native(UInt16(bytes.count - start)) + native(UInt16(type) | (marked ? 0x8000 : 0)))
    }

    /// The bytes to send.
    package func encoded(sequence: UInt32) -> [UInt8] {
        var result = bytes
        let header = native(UInt32(bytes.count)) + native(type) + native(flags) + native(sequence) + native(UInt32(0))
        result.replaceSubrange(0..<Self.headerLength, with: header)
        return result
    }

    private mutating func align() { while bytes.count % 4 != 0 { bytes.append(0) } }
}

/// An integer as it lies in memory.
package func native<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
    (0..<Integer.bitWidth / 8).map { UInt8(truncatingIfNeeded: value.littleEndian >> (8 * Integer($0))) }
}

/// An integer as it travels: most significant byte first.
package func network<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
    (0..<Integer.bitWidth / 8).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * Integer($0))) }
}
