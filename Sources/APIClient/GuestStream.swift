internal import NIOCore
internal import NIOWebSocket

/// The two directions of an exec or a console. Sending waits while the guest does not read; what is not taken from `messages` is not read from
/// the wire, so the guest waits too.
package struct GuestStream: Sendable {
    package let messages: Messages
    private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    private let loop: any EventLoop

    init(
        inbound: NIOAsyncChannelInboundStream<WebSocketFrame>, outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, loop: any EventLoop, endpoint: Endpoint
    ) {
        self.loop = loop
        messages = Messages(inbound: inbound, outbound: outbound, endpoint: endpoint)
        self.outbound = outbound
    }

    package func send(_ message: StreamMessage) async throws {
        try await outbound.write(WebSocketFrame(fin: true, opcode: .binary, maskKey: .random(), data: ByteBuffer(bytes: message.encoded)))
        // `write` only waits once the event loop has found the socket full. Without giving the loop its turn, a fast sender would be ahead of that.
        try await loop.submit {}.get()
    }

    func sayGoodbye() async throws {
        var reason = ByteBuffer()
        reason.write(webSocketErrorCode: .normalClosure)
        try await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, maskKey: .random(), data: reason))
    }

    /// Ends where the other side ends it or is gone, with or without an `exit`. Pings are answered on the way.
    package struct Messages: AsyncSequence, Sendable {
        fileprivate let inbound: NIOAsyncChannelInboundStream<WebSocketFrame>
        fileprivate let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
        fileprivate let endpoint: Endpoint

        package func makeAsyncIterator() -> Iterator { Iterator(frames: inbound.makeAsyncIterator(), outbound: outbound, endpoint: endpoint) }

        package struct Iterator: AsyncIteratorProtocol {
            fileprivate var frames: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator
            fileprivate let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
            fileprivate let endpoint: Endpoint

            package mutating func next() async throws -> StreamMessage? {
                while let frame = try await nextFrame() {
                    switch frame.opcode {
                    case .binary: return try decoded(frame)
                    case .ping: try await outbound.write(WebSocketFrame(fin: true, opcode: .pong, maskKey: .random(), data: frame.unmaskedData))
                    case .connectionClose: return nil
                    default: continue
                    }
                }
                return nil
            }

            private mutating func nextFrame() async throws -> WebSocketFrame? {
                do { return try await frames.next() } catch let error as CancellationError { throw error } catch {
                    let reason = Unreachable.Reason(error)
                    if reason == .cutOff { return nil }  // whether the other side had read all before it left makes no difference to what it said
                    throw Unreachable(endpoint, reason)
                }
            }

            private func decoded(_ frame: WebSocketFrame) throws -> StreamMessage {
                do { return try StreamMessage(decoding: Array(frame.unmaskedData.readableBytesView)) } catch {
                    throw UnexpectedAnswer(endpoint, status: 101, "\(error)")
                }
            }
        }
    }
}
