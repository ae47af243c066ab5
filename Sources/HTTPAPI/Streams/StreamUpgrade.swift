internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes
internal import HummingbirdCore
internal import HummingbirdHTTP2
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
internal import NIOWebSocket
internal import NodeModel
internal import Synchronization

/// What a connection turned out to be.
enum Negotiated: Sendable {
    case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
    case http2(HTTP2Channel.Value)
    case stream(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, Scope, NodeRequest)
    /// Closed before it said anything.
    case nothing
}

/// Upgrades a connection to a WebSocket if it asks for an exec or a console that may be opened now; what may not is
/// answered with the same problem that HTTP would give, and closed.
struct StreamUpgrade: Sendable {
    static let subprotocol = "roost.stream.v1"
    let plane: ControlPlane
    let logger: Logger
    /// Of a connection between two requests. Nil: it may stay.
    var idleTimeout: Duration?
    var takesTickets = false
    /// Who asks.
    let door: @Sendable (any Channel, HTTPRequestHead) async throws -> Scope

    private static let longestHead = 128 << 10
    private static let limits = {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16 << 10
        limits.maxHeaderListSize = 64 << 10
        limits.maxHeaderFieldCount = 100
        return limits
    }()

    func configure(_ channel: any Channel) throws -> EventLoopFuture<Negotiated> {
        let encoder = HTTPResponseEncoder()
        let decoder = ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: Self.limits), maximumBufferSize: Self.longestHead)
        let candidates = UpgradeCandidates(takesTickets: takesTickets)
        let upgrade = NIOTypedHTTPServerUpgradeHandler(
            httpEncoder: encoder, extraHTTPHandlers: [decoder, candidates],
            upgradeConfiguration: NIOTypedHTTPServerUpgradeConfiguration(upgraders: [upgrader()], notUpgradingCompletionHandler: { http($0) }))
        try channel.pipeline.syncOperations.addHandlers(encoder, decoder, candidates, upgrade)
        return upgrade.upgradeResultFuture
    }

    private func upgrader() -> NIOTypedWebSocketServerUpgrader<Negotiated> {
        let accepted = Accepted()
        return NIOTypedWebSocketServerUpgrader<Negotiated>(
            maxFrameSize: FrameLimits.longest,
            shouldUpgrade: { channel, head in channel.eventLoop.makeFutureWithTask { try await admit(channel, head, accepted) } },
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    guard let (scope, request) = accepted.request.withLock({ $0 }) else { return .nothing }
                    try channel.pipeline.syncOperations.addHandler(
                        NIOWebSocketFrameAggregator(minNonFinalFragmentSize: 1, maxAccumulatedFrameCount: 256, maxAccumulatedFrameSize: FrameLimits.longest))
                    return .stream(try NIOAsyncChannel(wrappingChannelSynchronously: channel), scope, request)
                }
            })
    }

    /// The request that was admitted, from the check to the pipeline.
    private final class Accepted: Sendable { let request = Mutex<(Scope, NodeRequest)?>(nil) }

    private func admit(_ channel: any Channel, _ head: HTTPRequestHead, _ accepted: Accepted) async throws -> HTTPHeaders? {
        do {
            let scope = try await door(channel, head)
            let request = try await StreamAddress(head.uri).request(plane, scope)
            accepted.request.withLock { $0 = (scope, request) }
            return ["Sec-WebSocket-Protocol": Self.subprotocol]
        } catch {
            let problem = Problem(error as? ControlPlaneError ?? .failed("\(error)")).told(as: Hexadecimal.randomID(), of: error, "opening a stream", logger)
            try await refuse(channel, problem)
            throw error
        }
    }

    /// By hand: the upgrade's handler has swallowed the request, so there is nothing that HTTP's own pipeline could answer.
    private func refuse(_ channel: any Channel, _ problem: Problem) async throws {
        let body = try Answer.encode(problem)
        let headers: HTTPHeaders = ["Content-Type": "application/problem+json", "Content-Length": "\(body.readableBytes)", "X-Request-Id": problem.requestID ?? "", "Connection": "close"]
        channel.write(HTTPServerResponsePart.head(HTTPResponseHead(version: .http1_1, status: .init(statusCode: problem.status), headers: headers)), promise: nil)
        channel.write(HTTPServerResponsePart.body(.byteBuffer(body)), promise: nil)
        try await channel.writeAndFlush(HTTPServerResponsePart.end(nil))
        try await channel.close()
    }

    private func http(_ channel: any Channel) -> EventLoopFuture<Negotiated> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandlers(HTTP1ToHTTPServerCodec(secure: false), RequestDeadline(), HTTPConnectionStateHandler(idleTimeout: idleTimeout, logger: logger))
            return .http(try NIOAsyncChannel(wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true)))
        }
    }
}
