@testable import APIClient
import Testing

@Suite("The answer to a wish for a stream") struct HandshakeHeadTests {
    @Test("its head is read wherever it is cut")
    func parts() throws {
        let text = Array("HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nSEC-WebSocket-Protocol: \troost.stream.v1 \r\n\r\n".utf8)
        for count in 0..<text.count { #expect(try HandshakeHead(text.prefix(count)) == nil) }
        let head = try #require(try HandshakeHead(text + [0x82, 1, 1]))
        #expect(head.status == 101)
        #expect(head.subprotocol == "roost.stream.v1")
        #expect(head.length == text.count)
    }

    @Test("a refusal has no subprotocol") func refusal() throws {
        let head = try HandshakeHead(Array("HTTP/1.1 404 \r\n\r\n".utf8))
        #expect(head?.status == 404)
        #expect(head?.subprotocol == nil)
    }

    @Test("what is not HTTP is refused", arguments: ["SSH-2.0-OpenSSH_9.2\r\n\r\n", "\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 +10 x\r\n\r\n", "HTTP/1.1 1010 x\r\n\r\n"])
    func malformed(text: String) { #expect(throws: HandshakeHead.Malformed.statusLine) { try HandshakeHead(Array(text.utf8)) } }

    @Test("a head without end is refused") func endless() {
        #expect(throws: HandshakeHead.Malformed.tooLong) { try HandshakeHead([UInt8](repeating: 65, count: HandshakeHead.longest)) }
    }
}
