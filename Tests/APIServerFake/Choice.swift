internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Takes the wish for a stream out of requests that get none: NIO's upgrader has no way to answer such a one with HTTP.
final class Choice: ChannelInboundHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    let stream = Mutex<(script: FakeStream.Script, subprotocol: String)?>(nil)
    private let answer: @Sendable (FakeServer.Request) -> Reply

    init(answer: @escaping @Sendable (FakeServer.Request) -> Reply) { self.answer = answer }

    /// One request a connection, and its head comes first: with that, this has done its work.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) { context.fireChannelRead(wrapInboundOut(.head(decided(head)))) } else { context.fireChannelRead(data) }
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    private func decided(_ head: HTTPRequestHead) -> HTTPRequestHead {
        guard head.headers.contains(name: "Upgrade") else { return head }
        if case .stream(let script, let subprotocol) = answer(FakeServer.Request(method: head.method.rawValue, target: head.uri, body: "")) {
            stream.withLock { $0 = (script, subprotocol) }
            return head
        }
        var plain = head
        plain.headers.remove(name: "Upgrade")
        plain.headers.remove(name: "Connection")
        return plain
    }
}
