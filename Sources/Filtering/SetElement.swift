/// An element of one of the table's sets, as the key that the kernel compares: each component filled up with zeros to a
/// multiple of 4 bytes (nft_set_ext, NFT_REG32_SIZE).
package struct SetElement: Sendable, Hashable {
    package enum Name: String, Sendable, CaseIterable { case links, source4, source6, neighbour6 }

    package let set: Name
    package let key: [UInt8]

    /// IFNAMSIZ: the length of an interface's name in a key.
    package static let nameLength = 16

    init(_ set: Name, _ link: String, _ address: [UInt8] = []) {
        self.set = set
        let name = Array(link.utf8.prefix(Self.nameLength - 1))
        key = name + [UInt8](repeating: 0, count: Self.nameLength - name.count) + address
    }

    init(_ set: Name, key: [UInt8]) {
        self.set = set
        self.key = key
    }

    package var link: String { String(decoding: key.prefix(Self.nameLength).prefix { $0 != 0 }, as: UTF8.self) }
}
