internal import Foundation
internal import NIOCore
internal import NodeModel

/// RFC 6455 by hand: messages of up to 64 KiB, masked with zeros.
struct WebSocketClient {
    private var bytes: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: HTTPClient.Outbound
    private var buffer = ByteBuffer()

    static func open<Result>(_ client: HTTPClient, _ target: String, _ body: (inout WebSocketClient) async throws -> Result) async throws -> Result {
        try await client.connected { inbound, outbound in
            let head = "GET \(target) HTTP/1.1\r\nHost: roost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: roost.stream.v1\r\n\r\n"
            try await outbound.write(ByteBuffer(string: head))
            var socket = WebSocketClient(bytes: inbound.makeAsyncIterator(), outbound: outbound)
            let answer = try await socket.head()
            guard answer.status == 101, answer.headers["sec-websocket-protocol"] == "roost.stream.v1" else { throw HTTPClient.NoAnswer() }
            return try await body(&socket)
        }
    }

    private mutating func head() async throws -> HTTPClient.Answer {
        while true {
            if let end = Data(buffer.readableBytesView).range(of: Data("\r\n\r\n".utf8)), let head = buffer.readSlice(length: end.upperBound) { return try HTTPClient.parse(head) }
            guard var more = try await bytes.next() else { throw HTTPClient.NoAnswer() }
            buffer.writeBuffer(&more)
        }
    }

    func send(_ kind: UInt8, _ payload: [UInt8] = [], opcode: UInt8 = 2) async throws {
        var frame = ByteBuffer(bytes: [0x80 | opcode])
        let length = payload.count + 1
        if length < 126 { frame.writeInteger(UInt8(0x80 | length)) } else { frame.writeBytes([0x80 | 126, UInt8(length >> 8), UInt8(length & 255)]) }
        frame.writeBytes([0, 0, 0, 0, kind] + payload)
        try await outbound.write(frame)
    }

    /// The next message: its opcode and bytes; nil: closed.
    mutating func next() async throws -> (opcode: UInt8, bytes: [UInt8])? {
        while true {
            if let message = message() { return message }
            guard var more = try await bytes.next() else { return nil }
            buffer.writeBuffer(&more)
        }
    }

    private mutating func message() -> (UInt8, [UInt8])? {
        var copy = buffer
        guard let first = copy.readInteger(as: UInt8.self), let short = copy.readInteger(as: UInt8.self) else { return nil }
        var length = Int(short)
        if short == 126 {
            guard let long = copy.readInteger(as: UInt16.self) else { return nil }
            length = Int(long)
        }
        guard let bytes = copy.readBytes(length: length) else { return nil }
        buffer = copy
        return (first & 15, bytes)
    }
}
