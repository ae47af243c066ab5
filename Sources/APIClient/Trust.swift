package import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Whose certificate is believed.
package enum Trust: Sendable, Equatable {
    /// One in the server's name that the machine's authorities vouch for.
    case authorities
    /// This one, whoever made it and for whom.
    case pinned(Fingerprint)

    func handler(for host: String) throws -> NIOSSLClientHandler {
        switch self {
        case .authorities: try NIOSSLClientHandler(context: NIOSSLContext(configuration: Self.configuration), serverHostname: Self.name(host))
        case .pinned(let wanted): try Self.handler(for: host) { $0 == wanted }
        }
    }

    /// `isBelieved` alone decides.
    static func handler(for host: String, _ isBelieved: @escaping @Sendable (Fingerprint) -> Bool) throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(
            context: NIOSSLContext(configuration: configuration), serverHostname: name(host),
            customVerificationCallback: { chain, verdict in
                guard let certificate = chain.first, let der = try? certificate.toDERBytes(), isBelieved(Fingerprint(ofCertificate: der)) else { return verdict.succeed(.failed) }
                verdict.succeed(.certificateVerified)
            })
    }

    private static var configuration: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        return configuration
    }

    /// An address is not sent as a name (RFC 6066, 3); it is then the address itself that a certificate must be for.
    private static func name(_ host: String) -> String? { (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil }
}

extension RoostClient {
    /// Of the certificate that is shown at `host` and `port`, whatever it is worth: for somebody to compare.
    package static func fingerprint(host: String, port: Int, group: any EventLoopGroup) async throws -> Fingerprint {
        let endpoint = Endpoint.secure(host: host, port: port, .authorities)
        let shown = group.next().makePromise(of: Fingerprint.self)
        do {
            let channel = try await ClientBootstrap(group: group).connectTimeout(.seconds(10)).connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try Trust.handler(for: host) { fingerprint in
                        shown.succeed(fingerprint)
                        return false
                    }
                    try channel.pipeline.syncOperations.addHandlers(handler, FailureWatch(shown))
                }.map { channel }
            }
            defer { channel.close(promise: nil) }
            return try await shown.futureResult.get()
        } catch {
            shown.fail(error)
            throw Unreachable(endpoint, .init(error))
        }
    }

    /// What ends before it has shown a certificate will show none.
    private final class FailureWatch: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let shown: EventLoopPromise<Fingerprint>
        init(_ shown: EventLoopPromise<Fingerprint>) { self.shown = shown }
        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            shown.fail(error)
            context.close(promise: nil)
        }
        func channelInactive(context: ChannelHandlerContext) { shown.fail(ChannelError.eof) }
    }
}
