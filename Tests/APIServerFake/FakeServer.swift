internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOWebSocket
package import APIClient
internal import Synchronization

/// Speaks as roostd does, on a real socket, and answers what the test says. Remembers what it was asked.
package final class FakeServer: Sendable {
    package struct Request: Sendable, Equatable {
        package var method: String
        package var target: String
        package var body: String
        package var wait: String?
    }

    package let path: String
    package var endpoint: Endpoint { .unixSocket(path: path) }
    package var requests: [Request] { log.withLock { $0 } }

    private let log = Mutex<[Request]>([])
    private let answer: @Sendable (Request) -> Reply
    typealias HTTP = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>
    typealias Frames = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>

    enum Accepted: Sendable {
        case http(HTTP)
        case stream(Frames, FakeStream.Script)
    }

    private init(path: String, answer: @escaping @Sendable (Request) -> Reply) {
        self.path = path
        self.answer = answer
    }

    /// A server at `path` for as long as `body` runs. Everything of it is gone afterwards, the socket too.
    @discardableResult
    package static func with<Result: Sendable>(
        path: String, answering answer: @escaping @Sendable (Request) -> Reply, _ body: @escaping @Sendable (FakeServer) async throws -> Result
    ) async throws -> Result {
        let server = FakeServer(path: path, answer: answer)
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton).bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
            channel.eventLoop.makeCompletedFuture { try server.prepare(channel) }
        }
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await listener.executeThenClose { connections in
                    try await withThrowingDiscardingTaskGroup { serving in
                        for try await accepted in connections { serving.addTask { await server.serve(accepted) } }
                    }
                }
                return nil
            }
            group.addTask { try await body(server) }
            defer { group.cancelAll() }
            while let ended = try await group.next() { if let ended { return ended } }
            throw CancellationError()
        }
    }

    private func prepare(_ channel: any Channel) throws -> EventLoopFuture<Accepted> {
        let choice = Choice(answer: answer)
        let upgrader = NIOTypedWebSocketServerUpgrader<Accepted>(
            maxFrameSize: 1 << 20,
            shouldUpgrade: { channel, head in
                channel.eventLoop.makeCompletedFuture {
                    _ = self.remember(head, body: "")
                    return HTTPHeaders([("Sec-WebSocket-Protocol", choice.stream.withLock { $0?.subprotocol } ?? "")])
                }
            },
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture { .stream(try Frames(wrappingChannelSynchronously: channel), choice.stream.withLock { $0?.script } ?? FakeStream.silent) }
            })
        let upgrades = NIOTypedHTTPServerUpgradeConfiguration<Accepted>(
            upgraders: [upgrader],
            notUpgradingCompletionHandler: { channel in channel.eventLoop.makeCompletedFuture { .http(try HTTP(wrappingChannelSynchronously: channel)) } })
        let pipeline = channel.pipeline.syncOperations
        let accepted = try pipeline.configureUpgradableHTTPServerPipeline(configuration: .init(upgradeConfiguration: upgrades))
        try pipeline.addHandler(choice, position: .before(pipeline.handler(type: NIOTypedHTTPServerUpgradeHandler<Accepted>.self)))
        return accepted
    }

    private func remember(_ head: HTTPRequestHead, body: String) -> Request {
        let wait = head.headers.first(name: "Prefer")
        let request = Request(method: head.method.rawValue, target: head.uri, body: body, wait: wait)
        log.withLock { $0.append(request) }
        return request
    }

    private func serve(_ pending: EventLoopFuture<Accepted>) async {
        do {
            switch try await pending.get() {
            case .http(let wire): try await answer(on: wire)
            case .stream(let frames, let script): try await FakeStream.serve(frames, script)
            }
        } catch {
            // A client that left in the middle is part of some tests; they look at what the client says.
        }
    }

    private func answer(on wire: HTTP) async throws {
        try await wire.executeThenClose { inbound, outbound in
            var head: HTTPRequestHead?
            var body = ""
            for try await part in inbound {
                switch part {
                case .head(let received): head = received
                case .body(let bytes): body += String(buffer: bytes)
                case .end:
                    guard let head else { return }
                    try await answer(remember(head, body: body)).write(to: outbound)
                    return
                }
            }
        }
    }
}
