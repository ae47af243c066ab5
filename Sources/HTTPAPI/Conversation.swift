internal import ControlPlane
internal import HummingbirdCore
internal import HummingbirdHTTP2
internal import Logging
internal import NIOCore
internal import ServiceLifecycle

/// What is said on a connection, wherever it came from: HTTP, or after an upgrade a stream.
struct Conversation: ServerChildChannelValue {
    let channel: any Channel
    let negotiated: EventLoopFuture<Negotiated>

    func carry(_ handler: some HTTPChannelHandler, _ http2: HTTP2Channel?, _ plane: ControlPlane, _ logger: Logger) async {
        switch await whatItIs() {
        case .http(let channel): await handler.handleHTTP(asyncChannel: channel, logger: logger)
        case .http2(let value): await http2?.handle(value: value, logger: logger)
        case .stream(let channel, let scope, let request): await StreamBridge(plane: plane, logger: logger).run(channel, scope, request)
        case .nothing: channel.close(promise: nil)
        }
    }

    /// A connection that says nothing ends with the daemon.
    private func whatItIs() async -> Negotiated {
        let close: @Sendable () -> Void = { channel.close(promise: nil) }
        do {
            return try await withTaskCancellationHandler {
                try await withGracefulShutdownHandler { try await negotiated.get() } onGracefulShutdown: { close() }
            } onCancel: { close() }
        } catch {
            return .nothing
        }
    }
}
