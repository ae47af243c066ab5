package import ControlPlane
internal import NIOCore
internal import NIOPosix
package import NodeModel

/// A node behind a local stream socket.
package struct NodeClient: NodeLink {
    private let socket: String
    private let group: any EventLoopGroup
    private let pool: ConnectionPool

    package init(socket: String) {
        self.socket = socket
        group = MultiThreadedEventLoopGroup.singleton
        pool = ConnectionPool(socket: socket, group: group)
    }

    /// Closes what lies idle.
    package func close() { pool.close() }

    package func request(_ request: NodeRequest, within limit: Duration, progress: @escaping @Sendable (Double, String) -> Void) async throws(NodeLinkError) -> NodeReply {
        try await pool.request(try Messages.frame(request), within: limit, progress: progress)
    }

    package func watch(_ event: @Sendable (WatchEvent) async throws -> Void) async throws {
        try await withConnection { inbound, outbound in
            try await outbound.write(try Messages.frame(.watch))
            for try await frame in inbound {
                switch try Messages.reply(frame) {
                case .observation(let observation): try await event(.observation(observation))
                case .done: try await event(.synchronised)
                case let other: throw NodeLinkError.violation("\(other) in a watch")
                }
            }
        }
        throw NodeLinkError.interrupted("the node ended the watch")
    }

    package func stream(_ request: NodeRequest, _ body: @Sendable (any NodeStream) async throws -> Void) async throws {
        try await withConnection { inbound, outbound in
            try await outbound.write(try Messages.frame(request))
            let stream = ConnectedStream(inbound, outbound)
            guard let first = try await stream.next() else { throw NodeLinkError.interrupted("the node closed the connection") }
            guard case .streaming = try Messages.reply(first) else { throw NodeLinkError.violation("no stream") }
            try await body(stream)
        }
    }

    private typealias Inbound = NIOAsyncChannelInboundStream<StreamFrame>
    private typealias Outbound = NIOAsyncChannelOutboundWriter<StreamFrame>

    /// One of its own, for as long as `body` runs.
    private func withConnection(_ body: (Inbound, Outbound) async throws -> Void) async throws {
        let channel: NIOAsyncChannel<StreamFrame, StreamFrame>
        do {
            channel = try await ClientBootstrap(group: group).connect(unixDomainSocketPath: socket) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(ByteToMessageHandler(FrameDecoder()), MessageToByteHandler(FrameEncoder()))
                    return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                }
            }
        } catch {
            throw NodeLinkError.unavailable("\(socket): \(error)")
        }
        try await channel.executeThenClose { inbound, outbound in try await body(inbound, outbound) }
    }
}

/// The channel's own back-pressure: a reader that does not read, or a socket that does not take, makes the other side wait.
private actor ConnectedStream: NodeStream {
    private var iterator: NIOAsyncChannelInboundStream<StreamFrame>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<StreamFrame>

    init(_ inbound: NIOAsyncChannelInboundStream<StreamFrame>, _ outbound: NIOAsyncChannelOutboundWriter<StreamFrame>) {
        iterator = inbound.makeAsyncIterator()
        self.outbound = outbound
    }

    func next() async throws -> StreamFrame? {
        var iterator = iterator  // a copy of a reference: an actor's own can't be held over a suspension
        return try await iterator.next(isolation: self)
    }

    nonisolated func send(_ frame: StreamFrame) async throws { try await outbound.write(frame) }
}
