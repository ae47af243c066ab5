internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// Sends one call over a connection of its own and reads the whole answer.
/// A connection over a unix socket costs some microseconds; none is kept, so none can have gone stale.
struct HTTPExchange: Sendable {
    let endpoint: Endpoint
    var token: String?
    let group: any EventLoopGroup

    typealias Wire = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    func answer(to call: HTTPCall) async throws -> HTTPAnswer {
        let wire = try await connect()
        return try await answer(on: wire, within: call.patience) { outbound in try await send(call, to: outbound) }
    }

    /// The answer to a request that was sent already.
    func read(_ wire: Wire) async throws -> HTTPAnswer { try await answer(on: wire, within: .seconds(60)) { _ in } }

    private func answer(
        on wire: Wire, within patience: TimeAmount, after send: (NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>) async throws -> Void
    ) async throws -> HTTPAnswer {
        let endpoint = endpoint
        let alarm = wire.channel.eventLoop.scheduleTask(in: patience) {
            wire.channel.pipeline.fireErrorCaught(Unreachable(endpoint, .silent(seconds: patience.nanoseconds / 1_000_000_000)))
        }
        defer { alarm.cancel() }
        do {
            return try await wire.executeThenClose { inbound, outbound in
                // Who has heard enough answers and closes, whatever was still to be sent: the answer counts.
                var unsent: (any Error)?
                do { try await send(outbound) } catch { unsent = error }
                do { return try await read(inbound) } catch let error as Unreachable { throw unsent ?? error }
            }
        } catch let error as UnexpectedAnswer {
            throw error
        } catch HTTPParserError.invalidEOFState {
            throw Unreachable(endpoint, .cutOff)
        } catch let error as HTTPParserError {
            throw UnexpectedAnswer(endpoint, status: 0, "not HTTP: \(error)")
        } catch let error as CancellationError {
            throw error
        } catch {
            throw Unreachable(endpoint, .init(error))
        }
    }

    private func connect() async throws -> Wire {
        do {
            return try await ClientBootstrap(group: group).connectTimeout(.seconds(10)).connect(to: endpoint) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try Wire(wrappingChannelSynchronously: channel)
                }
            }
        } catch {
            throw Unreachable(endpoint, .init(error))
        }
    }

    private func send(_ call: HTTPCall, to outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>) async throws {
        let body = call.body.map { [HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: $0)))] } ?? []
        try await outbound.write(contentsOf: [.head(call.head(host: endpoint.host, token: token))] + body + [.end(nil)])
    }

    private func read(_ inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>) async throws -> HTTPAnswer {
        var answer: HTTPAnswer?
        for try await part in inbound {
            switch part {
            case .head(let head):
                answer = HTTPAnswer(status: Int(head.status.code), contentType: head.headers.first(name: "Content-Type") ?? "", body: [])
            case .body(let bytes):
                answer?.body += bytes.readableBytesView
                if let answer, answer.body.count > HTTPAnswer.largestBody { throw UnexpectedAnswer(endpoint, status: answer.status, "an endless answer") }
            case .end:
                if let answer { return answer }
            }
        }
        throw Unreachable(endpoint, .cutOff)
    }
}

extension ClientBootstrap {
    func connect<Output: Sendable>(to endpoint: Endpoint, _ prepare: @escaping @Sendable (any Channel) -> EventLoopFuture<Output>) async throws -> Output {
        switch endpoint {
        case .unixSocket(let path): try await connect(unixDomainSocketPath: path, channelInitializer: prepare)
        case .port(let host, let port): try await connect(host: host, port: port, channelInitializer: prepare)
        case .secure(let host, let port, let trust):
            try await connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(try trust.handler(for: host)) }.flatMap { prepare(channel) }
            }
        }
    }
}
