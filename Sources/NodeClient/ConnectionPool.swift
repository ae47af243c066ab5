internal import ControlPlane
internal import NIOCore
internal import NIOPosix
internal import NodeModel
internal import Synchronization

/// Connections that serve one request after another: as many as there are requests at once, a few of them kept.
final class ConnectionPool: Sendable {
    private static let kept = 8
    private let socket: String
    private let group: any EventLoopGroup
    private let idle = Mutex<[any Channel]>([])

    init(socket: String, group: any EventLoopGroup) {
        self.socket = socket
        self.group = group
    }

    func request(_ request: StreamFrame, within limit: Duration, progress: @escaping @Sendable (Double, String) -> Void) async throws(NodeLinkError) -> NodeReply {
        if let channel = reusable() {
            do { return try await exchange(request, on: channel, within: limit, progress) } catch {
                // It may have been closed while it lay idle: every request can be asked again.
                guard case .interrupted = error, !Task.isCancelled else { throw error }
            }
        }
        return try await exchange(request, on: try await connect(), within: limit, progress)
    }

    func close() {
        let channels = idle.withLock { idle in
            defer { idle = [] }
            return idle
        }
        for channel in channels { channel.close(promise: nil) }
    }

    private func reusable() -> (any Channel)? {
        idle.withLock { idle in
            while let channel = idle.popLast() { if channel.isActive { return channel } }
            return nil
        }
    }

    private func keep(_ channel: any Channel) {
        let full = idle.withLock { idle in
            if idle.count >= Self.kept || !channel.isActive { return true }
            idle.append(channel)
            return false
        }
        if full { channel.close(promise: nil) }
    }

    private func connect() async throws(NodeLinkError) -> any Channel {
        do {
            return try await ClientBootstrap(group: group).channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(ByteToMessageHandler(FrameDecoder()), MessageToByteHandler(FrameEncoder()), ReplyHandler())
                }
            }.connect(unixDomainSocketPath: socket).get()
        } catch {
            throw .unavailable("\(socket): \(error)")
        }
    }

    /// A connection on which something went wrong is not used again.
    private func exchange(_ request: StreamFrame, on channel: any Channel, within limit: Duration, _ progress: @escaping @Sendable (Double, String) -> Void) async throws(NodeLinkError) -> NodeReply {
        let promise = channel.eventLoop.makePromise(of: NodeReply.self)
        let timeout = channel.eventLoop.scheduleTask(in: TimeAmount(limit)) {
            promise.fail(NodeLinkError.timedOut(limit))
            channel.close(promise: nil)
        }
        defer { timeout.cancel() }
        channel.writeAndFlush(Exchange(request: request, progress: progress, reply: promise)).whenFailure { promise.fail(NodeLinkError.interrupted("\($0)")) }
        do {
            let reply = try await withTaskCancellationHandler { try await promise.futureResult.get() } onCancel: { channel.close(promise: nil) }
            keep(channel)
            return reply
        } catch let error as NodeLinkError {
            if case .problem = error { keep(channel) } else { channel.close(promise: nil) }
            throw error
        } catch {
            channel.close(promise: nil)
            throw .interrupted("\(error)")
        }
    }
}
