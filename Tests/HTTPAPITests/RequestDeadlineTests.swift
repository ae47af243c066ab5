internal import HTTPTypes
internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTPTypes
internal import Testing

@testable internal import HTTPAPI

struct RequestDeadlineTests {
    private static let head = HTTPRequestPart.head(HTTPRequest(method: .post, scheme: "https", authority: "roost", path: "/v1/vps"))
    private static let byte = HTTPRequestPart.body(ByteBuffer(string: "a"))

    /// Whether it is open after each of these, so many seconds one after another.
    private static func open(_ parts: [(HTTPRequestPart?, seconds: Int64)]) throws -> [Bool] {
        let channel = EmbeddedChannel(handler: RequestDeadline(.seconds(60)))
        try channel.connect(to: SocketAddress(unixDomainSocketPath: "/nowhere")).wait()
        return try parts.map { part, seconds in
            if let part { try channel.writeInbound(part) }
            channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
            return channel.isActive
        }
    }

    @Test("A request that does not end in time is the end, however often it says something")
    func slow() throws {
        #expect(try Self.open([(Self.head, 20), (Self.byte, 20), (Self.byte, 19), (Self.byte, 2)]) == [true, true, true, false])
    }

    @Test("One that has come whole may be answered as late as it takes, and the next has its own time")
    func whole() throws {
        #expect(try Self.open([(Self.head, 30), (.end(nil), 1000), (Self.head, 59), (Self.byte, 2)]) == [true, true, true, false])
    }
}
