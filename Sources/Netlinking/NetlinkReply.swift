internal import CNetlink

/// One message that the kernel sent. Nothing in it is trusted: a length that does not fit ends the reading.
package struct NetlinkReply: Sendable, Equatable {
    package let type: UInt16
    package let flags: UInt16
    package let sequence: UInt32
    /// What follows the header.
    package let payload: [UInt8]

    /// Nil: not a row of whole messages.
    package static func all(in bytes: [UInt8]) -> [NetlinkReply]? {
        var replies: [NetlinkReply] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let length: UInt32 = integer(rest), length >= NetlinkMessage.headerLength, Int(length) <= rest.count,
                let type: UInt16 = integer(rest.dropFirst(4)), let flags: UInt16 = integer(rest.dropFirst(6)),
                let sequence: UInt32 = integer(rest.dropFirst(8))
            else { return nil }
            replies.append(NetlinkReply(type: type, flags: flags, sequence: sequence, payload: Array(rest.prefix(Int(length)).dropFirst(NetlinkMessage.headerLength))))
            rest = rest.dropFirst((Int(length) + 3) & ~3)
        }
        return replies
    }

    /// The attributes behind `fixed` bytes; of equal types the last.
    package func attributes(after fixed: Int) -> [Int: [UInt8]] {
        Dictionary(Self.attributes(in: payload.dropFirst((fixed + 3) & ~3))) { _, last in last }
    }

    package static func attributes(in bytes: some Collection<UInt8>) -> [(Int, [UInt8])] {
        var found: [(Int, [UInt8])] = []
        var rest = Array(bytes)[...]
        while let length: UInt16 = integer(rest), let type: UInt16 = integer(rest.dropFirst(2)), length >= 4, Int(length) <= rest.count {
            found.append((Int(type & 0x3fff), Array(rest.prefix(Int(length)).dropFirst(4))))
            rest = rest.dropFirst((Int(length) + 3) & ~3)
        }
        return found
    }

    /// What NLMSG_ERROR says: 0 is an acknowledgement, otherwise an errno; with the kernel's explanation if it gave one.
    var outcome: Outcome? {
        guard type == UInt16(NLMSG_ERROR), let negative: Int32 = Self.integer(payload[...]) else { return nil }
        // The refused message follows, whole unless NLM_F_CAPPED says that only its header does.
        let echoed: UInt32 = Self.integer(payload.dropFirst(4)) ?? 0
        let skipped = flags & UInt16(NLM_F_CAPPED) != 0 ? NetlinkMessage.headerLength : Int(echoed)
        let explanations = flags & UInt16(NLM_F_ACK_TLVS) != 0 ? attributes(after: 4 + skipped) : [:]
        let text = explanations[Int(NLMSGERR_ATTR_MSG.rawValue)].map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return Outcome(sequence: sequence, code: -negative, explanation: text)
    }

    struct Outcome: Equatable {
        let sequence: UInt32
        let code: Int32
        let explanation: String?
    }

    /// In memory order. Nil: too short.
    package static func integer<Integer: FixedWidthInteger>(_ bytes: some Collection<UInt8>) -> Integer? {
        let size = Integer.bitWidth / 8
        guard bytes.count >= size else { return nil }
        return bytes.prefix(size).reversed().reduce(0) { $0 << 8 | Integer(truncatingIfNeeded: $1) }
    }
}
