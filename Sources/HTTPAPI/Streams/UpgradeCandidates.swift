internal import NIOCore
internal import NIOHTTP1

/// Lets only such requests ask for an upgrade that are whole WebSocket handshakes of our subprotocol for a stream's address,
/// and from a browser (which always sends Origin) only with a ticket, as a page of a stranger's has none. From all others the wish is taken, and they are HTTP as any: the
/// upgrade's handler loses a request whose upgrade it does not find.
final class UpgradeCandidates: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    typealias OutboundOut = HTTPServerResponsePart

    private var sawRequest = false
    private let takesTickets: Bool

    /// `takesTickets`: else no browser is let in, as on the admins' socket, where nothing is asked of anybody.
    init(takesTickets: Bool) { self.takesTickets = takesTickets }

    /// What is no HTTP from the start: nobody behind would answer it yet. Later HTTP's own pipeline does.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // After a wish for an upgrade the decoder keeps what follows; whoever sends without end is cut off.
        if error is ByteToMessageDecoderError.PayloadTooLargeError { return context.close(promise: nil) }
        guard !sawRequest else { return context.fireErrorCaught(error) }
        let head = HTTPResponseHead(version: .http1_1, status: .badRequest, headers: ["Content-Length": "0", "Connection": "close"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        sawRequest = true
        guard case .head(var head) = unwrapInboundIn(data), head.headers.contains(name: "Upgrade"), !isCandidate(head) else { return context.fireChannelRead(data) }
        head.headers.remove(name: "Upgrade")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func isCandidate(_ head: HTTPRequestHead) -> Bool {
        let headers = head.headers
        return head.method == .GET && head.version == .http1_1 && StreamAddress.isOne(head.uri) && headers[canonicalForm: "Upgrade"].map { $0.lowercased() } == ["websocket"]
            && headers["Sec-WebSocket-Key"].count == 1 && headers["Sec-WebSocket-Version"] == ["13"]
            && headers[canonicalForm: "Sec-WebSocket-Protocol"].contains(Substring(StreamUpgrade.subprotocol)) && (!headers.contains(name: "Origin") || takesTickets && StreamAddress.ticket(head.uri) != nil)
            && !headers.contains(name: "Content-Length") && !headers.contains(name: "Transfer-Encoding")
    }
}
