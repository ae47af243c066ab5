internal import ControlPlane
internal import Glibc
internal import HTTPTypes
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTPTypes
internal import NIOWebSocket
internal import NodeModel
internal import ServiceLifecycle

/// A connection to the admin socket: HTTP, or after an upgrade a stream. Only root and the daemon's own user are served.
struct AdminConnection: HTTPChannelHandler {
    let responder: Responder
    let plane: ControlPlane
    let logger: Logger

    struct Value: ServerChildChannelValue {
        let channel: any Channel
        let negotiated: EventLoopFuture<Negotiated>
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        PeerCredentials.of(channel).flatMapThrowing { peer in
            guard peer.mayAdminister else {
                logger.warning("a connection was refused", metadata: ["uid": "\(peer.user)"])
                channel.close(promise: nil)
                throw RefusedPeer(user: peer.user)
            }
            return Value(channel: channel, negotiated: try StreamUpgrade(plane: plane, logger: logger).configure(channel))
        }
    }

    func handle(value: Value, logger: Logger) async {
        switch await negotiated(value) {
        case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
        case .stream(let channel, let request): await StreamBridge(plane: plane, logger: logger).run(channel, request)
        case .nothing: value.channel.close(promise: nil)
        }
    }

    /// A connection that says nothing ends with the daemon.
    private func negotiated(_ value: Value) async -> Negotiated {
        let close: @Sendable () -> Void = { value.channel.close(promise: nil) }
        do {
            return try await withTaskCancellationHandler {
                try await withGracefulShutdownHandler { try await value.negotiated.get() } onGracefulShutdown: { close() }
            } onCancel: { close() }
        } catch {
            return .nothing
        }
    }
}

struct RefusedPeer: Error {
    let user: UInt32
}

/// SO_PEERCRED of a unix socket (unix(7)): laid out as the kernel's `struct ucred`.
struct PeerCredentials: Sendable {
    var process: Int32 = 0
    var user: UInt32 = UInt32.max
    var group: UInt32 = UInt32.max

    var mayAdminister: Bool { user == 0 || user == geteuid() }

    static func of(_ channel: any Channel) -> EventLoopFuture<PeerCredentials> {
        guard let provider = channel as? any SocketOptionProvider else { return channel.eventLoop.makeSucceededFuture(PeerCredentials()) }
        return provider.unsafeGetSocketOption(level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
    }
}
