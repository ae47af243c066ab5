/// Changes to a set's elements as one nfnetlink transaction (linux/netfilter/nf_tables.h): all of them or none.
struct Batch {
    enum Change: UInt16 { case add = 12, remove = 14 }  // NFT_MSG_NEWSETELEM, NFT_MSG_DELSETELEM

    private static let subsystem: UInt16 = 10  // NFNL_SUBSYS_NFTABLES
    private static let inet: UInt8 = 1  // NFPROTO_INET
    private(set) var bytes: [UInt8] = []
    private var sequence: UInt32 = 1

    /// `interfaces` into or out of the set `set` of `table`.
    static func change(_ change: Change, _ interfaces: [String], table: String, set: String) -> Batch {
        var batch = Batch()
        batch.message(type: 0x10, flags: 0x01, family: 0, resource: subsystem, [])  // NFNL_MSG_BATCH_BEGIN
        let elements = interfaces.flatMap { nested(1, nested(1, attribute(1, interfaceName($0)))) }  // LIST_ELEM, KEY, DATA_VALUE
        let flags: UInt16 = change == .add ? 0x405 : 0x005  // NLM_F_REQUEST | NLM_F_ACK, and NLM_F_CREATE
        batch.message(type: subsystem << 8 | change.rawValue, flags: flags, family: inet, resource: 0, attribute(1, text(table)) + attribute(2, text(set)) + nested(3, elements))
        batch.message(type: 0x11, flags: 0x01, family: 0, resource: subsystem, [])  // NFNL_MSG_BATCH_END
        return batch
    }

    private mutating func message(type: UInt16, flags: UInt16, family: UInt8, resource: UInt16, _ attributes: [UInt8]) {
        let length = UInt32(16 + 4 + attributes.count)
        bytes += Self.little(length) + Self.little(type) + Self.little(flags) + Self.little(sequence) + Self.little(0 as UInt32)
        bytes += [family, 0, UInt8(resource >> 8), UInt8(resource & 255)]  // nfgenmsg: the resource in network order
        bytes += attributes
        sequence += 1
    }

    private static func attribute(_ type: UInt16, _ payload: [UInt8]) -> [UInt8] {
        let length = 4 + payload.count
        return little(UInt16(length)) + little(type) + payload + [UInt8](repeating: 0, count: (4 - length % 4) % 4)
    }

    private static func nested(_ type: UInt16, _ payload: [UInt8]) -> [UInt8] { attribute(type | 0x8000, payload) }  // NLA_F_NESTED
    private static func text(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }
    /// IFNAMSIZ bytes, zero-filled.
    private static func interfaceName(_ name: String) -> [UInt8] { Array((Array(name.utf8) + [UInt8](repeating: 0, count: 16)).prefix(16)) }
    private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] { (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number($0 * 8)) } }
}
