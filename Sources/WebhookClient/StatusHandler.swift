internal import ControlPlane
internal import NIOCore
internal import NIOHTTP1

/// Sends a request, and tells the status of its answer. What else is answered is thrown away as it comes, and for so long that who answers does not see his connection break; he is not waited for long.
final class StatusHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let head: HTTPRequestHead
    private let body: [UInt8]
    private let status: EventLoopPromise<Int>
    private var known: Int?
    private var bytesLeft = 64 << 10

    init(_ head: HTTPRequestHead, _ body: [UInt8], _ status: EventLoopPromise<Int>) {
        self.head = head
        self.body = body
        self.status = status
    }

    func channelActive(context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            let code = Int(head.status.code)
            known = code
            context.eventLoop.scheduleTask(in: .seconds(2)) { [status] in status.succeed(code) }
        case .body(let part):
            bytesLeft -= part.readableBytes
            if bytesLeft < 0 { end(.cutOff) }
        case .end: end(.cutOff)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.cutOff)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { end(WebhookLinkError(error, otherwise: .cutOff)) }

    /// Of one that has been told already nothing more is heard.
    private func end(_ error: WebhookLinkError) { if let known { status.succeed(known) } else { status.fail(error) } }
}
