package import APIClient
internal import NIOCore
internal import NIOPosix

/// Answers as soon as it has seen some of a request, and closes: so may whoever needs no more of it.
package enum HastyServer {
    package static func with<Result: Sendable>(answer: String, _ body: @Sendable (Endpoint) async throws -> Result) async throws -> Result {
        try await TemporaryFolder.with { folder in
            let path = "\(folder)/roostd.sock"
            let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Answering(answer)) }
            }.bind(unixDomainSocketPath: path).get()
            do {
                let result = try await body(.unixSocket(path: path))
                try await listener.close()
                return result
            } catch {
                try await listener.close()
                throw error
            }
        }
    }

    private final class Answering: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private let answer: String

        init(_ answer: String) { self.answer = answer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
            context.close(promise: nil)
        }
    }
}
