internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2

/// Says the end of an HTTP/2 answer whose length is known with its last byte, and not in a frame of its own: clients that count
/// (curl does) reset a stream that has not ended by then, and whoever resets too many is taken for an attacker.
final class EndWithLastByte: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    /// Of the body, not yet written. Nil: nobody knows.
    private var left: Int?
    private var hasEnded = false

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .data(let data) where hasEnded && data.data.readableBytes == 0: promise?.succeed()
        case .headers(var headers) where left == nil && !headers.endStream && !hasEnded:
            left = Self.length(headers.headers)
            hasEnded = left == 0
            headers.endStream = hasEnded
            context.write(wrapOutboundOut(.headers(headers)), promise: promise)
        case .data(var data) where !data.endStream && left != nil:
            left = left.map { $0 - data.data.readableBytes }
            hasEnded = left == 0
            data.endStream = hasEnded
            context.write(wrapOutboundOut(.data(data)), promise: promise)
        default: context.write(data, promise: promise)
        }
    }

    /// Of the body that follows (RFC 9110, 6.4.1).
    private static func length(_ headers: HPACKHeaders) -> Int? {
        guard let status = headers.first(name: ":status"), !status.hasPrefix("1") else { return nil }
        if status == "204" || status == "304" { return 0 }
        return headers.first(name: "content-length").flatMap { Int($0) }
    }
}

/// Puts `EndWithLastByte` where frames pass, before HTTP's own parts are made of them.
final class InstallEndWithLastByte: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    func handlerAdded(context: ChannelHandlerContext) {
        do { try context.pipeline.syncOperations.addHandler(EndWithLastByte(), position: .first) } catch { context.fireErrorCaught(error) }
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
}
