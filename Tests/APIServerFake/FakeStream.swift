package import APIClient
internal import NIOCore
internal import NIOWebSocket

/// The guest's side of an exec or console.
package final class FakeStream {
    package typealias Script = @Sendable (FakeStream) async throws -> Void
    static let silent: Script = { _ in }

    private var frames: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    /// What pings were answered with.
    package private(set) var pongs: [String] = []

    private let loop: any EventLoop

    private init(
        _ frames: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator, _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ loop: any EventLoop
    ) {
        self.loop = loop
        self.frames = frames
        self.outbound = outbound
    }

    static func serve(_ channel: FakeServer.Frames, _ script: Script) async throws {
        try await channel.executeThenClose { inbound, outbound in
            try await script(FakeStream(inbound.makeAsyncIterator(), outbound, channel.channel.eventLoop))
        }
    }

    /// Nil: the client has ended the stream.
    package func receive() async throws -> StreamMessage? {
        while let frame = try await frames.next() {
            switch frame.opcode {
            case .binary: return try StreamMessage(decoding: Array(frame.unmaskedData.readableBytesView))
            case .pong: pongs.append(String(buffer: frame.unmaskedData))
            case .connectionClose: return nil
            default: continue
            }
        }
        return nil
    }

    package func send(_ message: StreamMessage) async throws { try await send(raw: message.encoded) }

    /// Any bytes as a binary message.
    package func send(raw bytes: [UInt8]) async throws {
        try await outbound.write(WebSocketFrame(fin: true, opcode: .binary, data: ByteBuffer(bytes: bytes)))
        try await loop.submit {}.get()  // its turn, so that it can find the socket full before the next write
    }

    /// One message in two fragments.
    package func sendFragmented(_ message: StreamMessage) async throws {
        let bytes = message.encoded
        try await outbound.write(WebSocketFrame(fin: false, opcode: .binary, data: ByteBuffer(bytes: bytes.prefix(bytes.count / 2))))
        try await outbound.write(WebSocketFrame(fin: true, opcode: .continuation, data: ByteBuffer(bytes: bytes.dropFirst(bytes.count / 2))))
    }

    package func ping(_ text: String) async throws {
        try await outbound.write(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer(string: text)))
    }

    package func close() async throws {
        var reason = ByteBuffer()
        reason.write(webSocketErrorCode: .normalClosure)
        try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: reason))
    }
}
