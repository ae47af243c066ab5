package import ControlPlane
package import Domain
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import Release

/// POSTs messages over HTTP/1.1, each over a connection of its own, to no address that may not be reached. It knows no proxy, and
/// follows nobody elsewhere.
package struct WebhookClient: WebhookLink {
    private let reach: WebhookReach
    private let limit: Duration
    private let lookup = Lookup()
    private let authorities: NIOSSLContext

    /// `authorities`: a file of the certificates (PEM) that are believed. Nil: those that the machine believes; they are read here, once.
    package init(reach: WebhookReach, limit: Duration = .seconds(10), authorities: String? = nil) throws {
        self.reach = reach
        self.limit = limit
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        if let authorities { configuration.trustRoots = .file(authorities) }
        self.authorities = try NIOSSLContext(configuration: configuration)
    }

    package func send(_ message: WebhookMessage, to url: WebhookURL, isPlatforms: Bool) async throws(WebhookLinkError) -> Int {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let reach = isPlatforms ? self.reach : self.reach.ofTenants
        let status = loop.makePromise(of: Int.self)
        let alarm = loop.scheduleTask(in: TimeAmount(limit)) { [limit] in status.fail(WebhookLinkError.timedOut(limit)) }
        defer { alarm.cancel() }
        // The address that is looked at is the one that is gone to: a second answer of the name's servers could be another.
        lookup.find(url, on: loop).flatMapThrowing { found in
            guard let text = found.address.ipAddress, reach.admits(text, isSecure: url.isSecure, isOwn: found.isOwn) else { throw WebhookLinkError.nowhere }
            return found.address
        }.flatMap { address in connect(to: address, loop, message, url, status) }.whenFailure { status.fail(WebhookLinkError($0, otherwise: .notConnected)) }
        do {
            return try await withTaskCancellationHandler { try await status.futureResult.get() } onCancel: { status.fail(WebhookLinkError.cutOff) }
        } catch {
            throw WebhookLinkError(error, otherwise: .cutOff)
        }
    }

    /// The connection ends with `status`, also while it is being made.
    private func connect(to address: SocketAddress, _ loop: any EventLoop, _ message: WebhookMessage, _ url: WebhookURL, _ status: EventLoopPromise<Int>) -> EventLoopFuture<Void> {
        let head = Self.head(message, url)
        return ClientBootstrap(group: loop).channelInitializer { [authorities] channel in
            status.futureResult.whenComplete { _ in channel.close(promise: nil) }
            return channel.eventLoop.makeCompletedFuture {
                let pipeline = channel.pipeline.syncOperations
                // An address is not sent as a name (RFC 6066, 3); it is then the address itself that the certificate must be for.
                if url.isSecure { try pipeline.addHandler(try NIOSSLClientHandler(context: authorities, serverHostname: url.isAddress ? nil : url.host)) }
                try pipeline.addHTTPClientHandlers()
                try pipeline.addHandler(StatusHandler(head, message.body, status))
            }
        }.connect(to: address).map { _ in }
    }

    private static func head(_ message: WebhookMessage, _ url: WebhookURL) -> HTTPRequestHead {
        HTTPRequestHead(version: .http1_1, method: .POST, uri: url.target, headers: [
            "Host": url.authority, "User-Agent": "roost/\(Release.version)", "Connection": "close", "Content-Type": "application/json", "Content-Length": "\(message.body.count)",
            "webhook-id": message.id, "webhook-timestamp": "\(message.timestamp)", "webhook-signature": message.signature,
        ])
    }
}

extension WebhookLinkError {
    init(_ error: any Error, otherwise other: WebhookLinkError) {
        self = switch error {
        case let error as WebhookLinkError: error
        case is SocketAddressError.UnknownHost: .nowhere
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: .untrusted
        default: other
        }
    }
}
