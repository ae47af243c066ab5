import Filtering
import Netlinking
import Testing

@Suite struct MessageTests {
    private let messages = TableMessages(TableName("fx")!)  // a constant
    private let admission = Admission(GuestLinkPlan(id: "abcdefghjk", prefix: InterfacePrefix("roost")!, addresses: GuestAddresses(ipv4: [IPv4Address("10.66.0.7")!], ipv6: [IPv6Address("fd66:6006:0:7::1")!]))!)  // constants

    // Taken from nft 1.0.6 by strace: `nft delete element inet fx source4 { "roostabcdefghjk" . 10.66.0.7 }`; here with an acknowledgement.
    @Test func aBatchIsWhatNftSends() throws {
        let element = try #require(admission.elements.first { $0.set == .source4 })
        let batch = TableMessages.begin.encoded(sequence: 0) + messages.delete(element).encoded(sequence: 1) + TableMessages.end.encoded(sequence: 2)
        #expect(batch == [
            20, 0, 0, 0, 16, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10,  // begin: res_id is the subsystem, big-endian
            76, 0, 0, 0, 14, 10, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0,  // delete: NFPROTO_INET
            7, 0, 1, 0, 0x66, 0x78, 0, 0,
            12, 0, 2, 0, 0x73, 0x6f, 0x75, 0x72, 0x63, 0x65, 0x34, 0,
            36, 0, 3, 0x80, 32, 0, 1, 0x80, 28, 0, 1, 0x80, 24, 0, 1, 0,
            0x72, 0x6f, 0x6f, 0x73, 0x74, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x6a, 0x6b, 0, 10, 66, 0, 7,
            20, 0, 0, 0, 17, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10,
        ])
    }

    @Test func aKeyIsTheNameFilledUpToSixteenBytesAndTheAddress() throws {
        let name = Array("roostabcdefghjk".utf8) + [0]
        #expect(admission.elements.first { $0.set == .links }?.key == name)
        #expect(admission.elements.first { $0.set == .source4 }?.key == name + [10, 66, 0, 7])
        #expect(admission.elements.first { $0.set == .source6 }?.key == name + [0xfd, 0x66, 0x60, 0x06, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0])
        let neighbour = try #require(admission.elements.first { $0.set == .neighbour6 })
        #expect(neighbour.key.count == 32 && neighbour.key.dropFirst(16).starts(with: [0xfe, 0x80]))
        #expect(neighbour.link == "roostabcdefghjk")
    }

    // One element of a set with counters, as kernel 6.18 lists it.
    @Test func aListedElementHasItsCounter() throws {
        let key: [UInt8] = [24, 0, 1, 0x80, 20, 0, 1, 0] + Array("roostabcdefghjk".utf8) + [0]
        let values: [UInt8] = [12, 0, 1, 0, 0, 0, 0, 0, 0, 0, 4, 0, 12, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 3]
        let expression: [UInt8] = [44, 0, 7, 0x80, 12, 0, 1, 0] + Array("counter".utf8) + [0, 28, 0, 2, 0x80] + values
        let element: [UInt8] = [72, 0, 1, 0x80] + key + expression
        let payload: [UInt8] = [1, 0, 0, 0, 76, 0, 3, 0x80] + element
        let reply = try #require(NetlinkReply.all(in: [UInt8(16 + payload.count), 0, 0, 0, 12, 10, 2, 0] + [UInt8](repeating: 0, count: 8) + payload)?.first)
        let listed = ListedElement.all(in: reply, of: .links)
        #expect(listed.map(\.element.link) == ["roostabcdefghjk"])
        #expect(listed.first?.counter?.packets == 3)
        #expect(listed.first?.counter?.bytes == 1024)
    }
}
