internal import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket

/// Sends the wish for a stream, and turns the channel into what the answer makes of it, all in the turn of the event loop in which the answer comes.
/// NIO's own upgrader takes several: what a short-lived guest's program said, and the end of the connection, may come in between and were then lost.
final class HandshakeHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let request: HTTPRequestHead
    private let outcome: EventLoopPromise<StreamHandshake.Outcome>
    private var received = ByteBuffer()
    private var isDecided = false

    /// Far above what roostd sends in one message; and output is read no further ahead than two of them.
    private static let largestMessage = 1 << 20

    init(_ request: HTTPRequestHead, _ outcome: EventLoopPromise<StreamHandshake.Outcome>) {
        self.request = request
        self.outcome = outcome
    }

    func channelActive(context: ChannelHandlerContext) {
        var text = "\(request.method) \(request.uri) HTTP/1.1\r\n"
        for (name, value) in request.headers { text += "\(name): \(value)\r\n" }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text + "\r\n")), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        received.writeBuffer(&part)
        do {
            guard let head = try HandshakeHead(received.readableBytesView) else { return }
            let result = try change(context, head)
            isDecided = true
            outcome.succeed(result)
            if received.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(received)) }
            context.fireChannelReadComplete()
            context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
        } catch {
            fail(context, error)
        }
    }

    /// Afterwards `received` is what belongs to the stream, or to the HTTP answer.
    private func change(_ context: ChannelHandlerContext, _ head: HandshakeHead) throws -> StreamHandshake.Outcome {
        let pipeline = context.pipeline.syncOperations
        guard head.status == 101 else {
            let decoder = HTTPResponseDecoder()
            decoder.write(data: .head(request))  // it only takes answers to what it saw asked
            try pipeline.addHandler(ByteToMessageHandler(decoder))
            return .refused(try HTTPExchange.Wire(wrappingChannelSynchronously: context.channel))
        }
        guard head.subprotocol == StreamMessage.subprotocol else {
            context.close(promise: nil)
            return .anotherProtocol
        }
        received.moveReaderIndex(forwardBy: head.length)
        try pipeline.addHandlers([
            WebSocketFrameEncoder(), ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: Self.largestMessage)), WebSocketProtocolErrorHandler(isServer: false),
            NIOWebSocketFrameAggregator(minNonFinalFragmentSize: 0, maxAccumulatedFrameCount: 1024, maxAccumulatedFrameSize: Self.largestMessage),
        ])
        let pressure = NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark(lowWatermark: 1, highWatermark: 2)
        return .agreed(try StreamHandshake.Frames(wrappingChannelSynchronously: context.channel, configuration: .init(backPressureStrategy: pressure)))
    }

    /// Undecided yet: connecting failed, or the connection ended.
    func handlerRemoved(context: ChannelHandlerContext) {
        if !isDecided { outcome.fail(ChannelError.eof) }
        isDecided = true
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(context, error) }

    private func fail(_ context: ChannelHandlerContext, _ error: any Error) {
        if !isDecided { outcome.fail(error) }
        isDecided = true
        context.close(promise: nil)
    }
}
