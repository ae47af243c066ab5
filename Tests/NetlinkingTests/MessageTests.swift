import Netlinking
import Testing

@Suite struct MessageTests {
    @Test func aMessageIsHeaderFixedPartAndAlignedAttributes() {
        var message = NetlinkMessage(type: 16, flags: 0x400, fixed: [1, 2, 3, 4])
        message.attribute(3, text: "lo")
        message.nested(18) { $0.attribute(1, [0xaa]) }
        #expect(message.encoded(sequence: 7) == [
            40, 0, 0, 0, 16, 0, 1, 4, 7, 0, 0, 0, 0, 0, 0, 0,  // length, type, flags with REQUEST, sequence, port
            1, 2, 3, 4,
            7, 0, 3, 0, 0x6c, 0x6f, 0, 0,  // "lo" and its NUL, one byte of padding
            12, 0, 18, 0, 5, 0, 1, 0, 0xaa, 0, 0, 0,
        ])
    }

    // Compared with what `ip -4 route add 10.66.0.7 dev …` sends (strace -e sendmsg), but for REPLACE instead of EXCL.
    @Test func aHostRouteIsAsTheKernelWantsIt() throws {
        let route = Route(to: .prefix(.v4(try #require(IPv4Address("10.66.0.7"))), length: 32))
        #expect(route.message(index: 5).encoded(sequence: 1) == [
            44, 0, 0, 0, 24, 0, 5, 5, 1, 0, 0, 0, 0, 0, 0, 0,
            2, 32, 0, 0, 254, 4, 253, 1, 0, 0, 0, 0,
            8, 0, 1, 0, 10, 66, 0, 7,
            8, 0, 4, 0, 5, 0, 0, 0,
        ])
    }

    @Test(arguments: [
        ("nothing", [], 0),
        ("a whole message", [16, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0], 1),
        ("a header cut off", [16, 0, 0, 0, 3, 0], nil),
        ("a length below the header's", [15, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0], nil),
        ("a length of zero", [0, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0], nil),
        ("a length beyond the end", [17, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0], nil),
    ] as [(String, [UInt8], Int?)])
    func onlyWholeMessagesAreRead(label: String, bytes: [UInt8], count: Int?) { #expect(NetlinkReply.all(in: bytes)?.count == count, "\(label)") }

    @Test(arguments: [
        ("one", [5, 0, 1, 0, 0xaa, 0, 0, 0], [1]),
        ("one with the nested mark", [5, 0, 1, 0x80, 0xaa, 0, 0, 0], [1]),
        ("one and one cut off", [4, 0, 1, 0, 9, 0, 2, 0, 1], [1]),
        ("a length below its own header", [3, 0, 1, 0], []),
    ] as [(String, [UInt8], [Int])])
    func attributesEndWhereTheyDoNotFit(label: String, bytes: [UInt8], types: [Int]) { #expect(NetlinkReply.attributes(in: bytes).map(\.0) == types, "\(label)") }
}
