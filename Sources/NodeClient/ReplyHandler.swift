internal import ControlPlane
internal import NIOCore
internal import NodeModel

/// One request on its way: where its reply goes.
struct Exchange: Sendable {
    let request: StreamFrame
    let progress: @Sendable (Double, String) -> Void
    let reply: EventLoopPromise<NodeReply>
}

/// Joins each reply to its request; a connection has one at a time.
final class ReplyHandler: ChannelDuplexHandler {
    typealias InboundIn = StreamFrame
    typealias OutboundIn = Exchange
    typealias OutboundOut = StreamFrame

    private var current: Exchange?

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let exchange = unwrapOutboundIn(data)
        precondition(current == nil, "a connection serves one request after another")
        current = exchange
        context.write(wrapOutboundOut(exchange.request), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            guard let current else { throw NodeLinkError.violation("a reply to nothing") }
            switch try Messages.reply(unwrapInboundIn(data)) {
            case .progress(let fraction, let message): current.progress(fraction, message)
            case let reply: end(.success(reply))
            }
        } catch let error as NodeLinkError {
            end(.failure(error))
            if case .problem = error { return }
            context.close(promise: nil)
        } catch {
            end(.failure(.violation("\(error)")))
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.failure(.interrupted("the node closed the connection")))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.failure(error as? NodeLinkError ?? .interrupted("\(error)")))
        context.close(promise: nil)
    }

    private func end(_ result: Result<NodeReply, NodeLinkError>) {
        guard let exchange = current else { return }
        current = nil
        exchange.reply.completeWith(result.mapError { $0 as any Error })
    }
}
