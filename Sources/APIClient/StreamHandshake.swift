internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOWebSocket

/// Asks for a WebSocket (RFC 6455, 4.1) and returns it, or throws what was answered instead.
struct StreamHandshake: Sendable {
    let endpoint: Endpoint
    var token: String?
    let group: any EventLoopGroup

    typealias Frames = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    enum Outcome: Sendable {
        case agreed(Frames)
        case anotherProtocol
        case refused(HTTPExchange.Wire)
    }

    private static let patience: Int64 = 60

    func open(_ target: RequestTarget) async throws -> Frames {
        switch try await outcome(of: target) {
        case .agreed(let frames): return frames
        case .anotherProtocol: throw UnexpectedAnswer(endpoint, status: 101, "a stream that is not \(StreamMessage.subprotocol)")
        case .refused(let wire):
            let answer = try await HTTPExchange(endpoint: endpoint, group: group).read(wire)
            try answer.throwUnlessSuccess(from: endpoint)
            throw UnexpectedAnswer(endpoint, status: answer.status, "a stream was asked for")
        }
    }

    private func outcome(of target: RequestTarget) async throws -> Outcome {
        let request = head(target)
        let endpoint = endpoint
        do {
            let pending = try await ClientBootstrap(group: group).connectTimeout(.seconds(10)).connect(to: endpoint) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let promise = channel.eventLoop.makePromise(of: Outcome.self)
                    let alarm = channel.eventLoop.scheduleTask(in: .seconds(Self.patience)) {
                        channel.pipeline.fireErrorCaught(Unreachable(endpoint, .silent(seconds: Self.patience)))
                    }
                    promise.futureResult.whenComplete { _ in alarm.cancel() }
                    try channel.pipeline.syncOperations.addHandler(HandshakeHandler(request, promise))
                    return promise.futureResult
                }
            }
            return try await pending.get()
        } catch is HandshakeHead.Malformed {
            throw UnexpectedAnswer(endpoint, status: 0, "not HTTP")
        } catch {
            throw Unreachable(endpoint, .init(error))
        }
    }

    private func head(_ target: RequestTarget) -> HTTPRequestHead {
        var headers = HTTPHeaders([
            ("Host", endpoint.host), ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", NIOWebSocketClientUpgrader.randomRequestKey()), ("Sec-WebSocket-Protocol", StreamMessage.subprotocol),
        ])
        if let token { headers.add(name: "Authorization", value: "Bearer \(token)") }
        return HTTPRequestHead(version: .http1_1, method: .GET, uri: target.text, headers: headers)
    }
}
