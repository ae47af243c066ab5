internal import ControlPlane
internal import HummingbirdCore
internal import HummingbirdHTTP2
internal import Logging
internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// A connection over the network: TLS, and in it HTTP/2 or HTTP/1.1, or after an upgrade a stream.
struct NetworkConnection: HTTPChannelHandler {
    let responder: Responder
    let certificate: Certificate
    let plane: ControlPlane
    let logger: Logger
    private let http2: HTTP2Channel
    private let count = ConnectionCount(most: 4096, mostOfOne: 256)
    /// From its first byte to the end of its first request's head.
    private static let silence = TimeAmount.seconds(10)
    private static let idleness = Duration.seconds(60)

    init(responder: @escaping Responder, certificate: Certificate, plane: ControlPlane, logger: Logger) {
        self.responder = responder
        self.certificate = certificate
        self.plane = plane
        self.logger = logger
        http2 = HTTP2Channel(
            responder: responder,
            configuration: HTTP2ChannelConfiguration(
                idleTimeout: Self.idleness, gracefulCloseTimeout: .seconds(10), streamConfiguration: .init(additionalChannelHandlers: [InstallEndWithLastByte(), RequestDeadline()], idleTimeout: .seconds(60))))
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Conversation> {
        channel.eventLoop.makeCompletedFuture {
            guard count.admit(channel) else {
                channel.close(promise: nil)
                throw TooManyConnections()
            }
            let negotiation = NIOTypedApplicationProtocolNegotiationHandler<Begun> { result, channel in
                channel.eventLoop.makeSucceededFuture(Begun(negotiated: converse(result, channel)))
            }
            try channel.pipeline.syncOperations.addHandlers(NIOSSLServerHandler(context: certificate.context), negotiation)
            let negotiated = negotiation.protocolNegotiationResult.flatMap(\.negotiated)
            let deadline = channel.eventLoop.scheduleTask(in: Self.silence) { channel.close(promise: nil) }
            negotiated.whenComplete { _ in deadline.cancel() }
            return Conversation(channel: channel, negotiated: negotiated)
        }
    }

    /// The negotiation's handler holds back what the client says until it has its result: what it says first decides here, so the
    /// result is that it goes on.
    private struct Begun: Sendable { let negotiated: EventLoopFuture<Negotiated> }

    private func converse(_ result: ALPNResult, _ channel: any Channel) -> EventLoopFuture<Negotiated> {
        if case .negotiated("h2") = result { return http2.setup(channel: channel, logger: logger).map(Negotiated.http2) }
        let upgrade = StreamUpgrade(plane: plane, logger: logger, idleTimeout: Self.idleness, takesTickets: true) { channel, head in try await BearerToken.scope(of: head, on: channel, plane) }
        do { return try upgrade.configure(channel) } catch { return channel.eventLoop.makeFailedFuture(error) }
    }

    func handle(value: Conversation, logger: Logger) async { await value.carry(self, http2, plane, logger) }
}

struct TooManyConnections: Error {}
