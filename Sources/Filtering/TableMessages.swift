internal import CNetlink
package import Netlinking

/// nf_tables' messages about one table (nfnetlink, include/uapi/linux/netfilter/nf_tables.h). Pure.
package struct TableMessages: Sendable {
    package let table: TableName

    package init(_ table: TableName) { self.table = table }

    // A batch is a transaction: all of it or nothing.
    package static let begin = NetlinkMessage(type: Int(NFNL_MSG_BATCH_BEGIN), flags: 0, fixed: batchHeader)
    package static let end = NetlinkMessage(type: Int(NFNL_MSG_BATCH_END), flags: 0, fixed: batchHeader)

    /// `struct nfgenmsg`: the subsystem's number, most significant byte first.
    private static let batchHeader = [UInt8(AF_UNSPEC), UInt8(NFNETLINK_V0)] + network(UInt16(NFNL_SUBSYS_NFTABLES))

    package func add(_ element: SetElement) -> NetlinkMessage { message(NFT_MSG_NEWSETELEM, NLM_F_CREATE | NLM_F_ACK, element) }
    package func delete(_ element: SetElement) -> NetlinkMessage { message(NFT_MSG_DELSETELEM, NLM_F_ACK, element) }

    package func list(_ set: SetElement.Name) -> NetlinkMessage { message(NFT_MSG_GETSETELEM, NLM_F_DUMP, set) }

    package func deleteTable() -> NetlinkMessage { tableMessage(NFT_MSG_DELTABLE) }
    package func lookAtTable() -> NetlinkMessage { tableMessage(NFT_MSG_GETTABLE) }

    private func tableMessage(_ type: nf_tables_msg_types) -> NetlinkMessage {
        var message = NetlinkMessage(type: Self.type(type), flags: NLM_F_ACK, fixed: Self.header)
        message.attribute(Int(NFTA_TABLE_NAME.rawValue), text: table.text)
        return message
    }

    private static let header = [UInt8(NFPROTO_INET), UInt8(NFNETLINK_V0)] + network(UInt16(0))
    private static func type(_ message: nf_tables_msg_types) -> Int { Int(NFNL_SUBSYS_NFTABLES) << 8 | Int(message.rawValue) }

    private func message(_ type: nf_tables_msg_types, _ flags: Int32, _ set: SetElement.Name) -> NetlinkMessage {
        var message = NetlinkMessage(type: Self.type(type), flags: flags, fixed: Self.header)
        message.attribute(Int(NFTA_SET_ELEM_LIST_TABLE.rawValue), text: table.text)
        message.attribute(Int(NFTA_SET_ELEM_LIST_SET.rawValue), text: set.rawValue)
        return message
    }

    private func message(_ type: nf_tables_msg_types, _ flags: Int32, _ element: SetElement) -> NetlinkMessage {
        var message = message(type, flags, element.set)
        message.nested(Int(NFTA_SET_ELEM_LIST_ELEMENTS.rawValue), marked: true) { message in
            message.nested(Int(NFTA_LIST_ELEM.rawValue), marked: true) { message in
                message.nested(Int(NFTA_SET_ELEM_KEY.rawValue), marked: true) { $0.attribute(Int(NFTA_DATA_VALUE.rawValue), element.key) }
            }
        }
        return message
    }
}
