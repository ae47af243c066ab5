internal import CNetlink
package import Netlinking

/// An element as the kernel lists it, with its counter where its set has one.
package struct ListedElement: Sendable, Equatable {
    package let element: SetElement
    package let counter: Counter?

    package struct Counter: Sendable, Equatable {
        package var packets: UInt64
        package var bytes: UInt64
    }

    /// All in one answer to `TableMessages.list`.
    package static func all(in reply: NetlinkReply, of set: SetElement.Name) -> [ListedElement] {
        let elements = reply.attributes(after: 4)[Int(NFTA_SET_ELEM_LIST_ELEMENTS.rawValue)] ?? []
        return NetlinkReply.attributes(in: elements).compactMap { _, bytes in
            let attributes = dictionary(bytes)
            guard let key = attributes[Int(NFTA_SET_ELEM_KEY.rawValue)].flatMap({ dictionary($0)[Int(NFTA_DATA_VALUE.rawValue)] }) else { return nil }
            return ListedElement(element: SetElement(set, key: key), counter: attributes[Int(NFTA_SET_ELEM_EXPR.rawValue)].flatMap(counter))
        }
    }

    /// An expression named "counter"; its numbers travel most significant byte first.
    private static func counter(_ expression: [UInt8]) -> Counter? {
        let attributes = dictionary(expression)
        guard attributes[Int(NFTA_EXPR_NAME.rawValue)]?.prefix(while: { $0 != 0 }).elementsEqual("counter".utf8) == true, let data = attributes[Int(NFTA_EXPR_DATA.rawValue)] else { return nil }
        let values = dictionary(data)
        func number(_ type: Int) -> UInt64? { values[type].flatMap { NetlinkReply.integer(Array($0.reversed())) } }
        guard let packets = number(Int(NFTA_COUNTER_PACKETS.rawValue)), let bytes = number(Int(NFTA_COUNTER_BYTES.rawValue)) else { return nil }
        return Counter(packets: packets, bytes: bytes)
    }

    private static func dictionary(_ bytes: [UInt8]) -> [Int: [UInt8]] { Dictionary(NetlinkReply.attributes(in: bytes)) { _, last in last } }
}
