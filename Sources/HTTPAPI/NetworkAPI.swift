package import ControlPlane
package import Hummingbird
internal import HummingbirdCore
package import Logging

/// The HTTP API over the network, for whoever shows a token.
package enum NetworkAPI {
    /// A service that listens at `host` and `port` until it is shut down. `certificate`, `key`: paths of PEM files, read again when they change.
    /// `ready` is called with the port once it does.
    package static func application(
        _ plane: ControlPlane, host: String, port: Int, certificate: String, key: String, counter: RequestCounter = RequestCounter(), logger: Logger, ready: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        let certificate = try Certificate(chain: certificate, key: key, logger: logger)
        return Application(
            router: Routing.to(plane, through: BearerToken(plane: plane), counting: counter),
            server: HTTPServerBuilder { NetworkConnection(responder: $0, certificate: certificate, plane: plane, logger: logger) },
            configuration: ApplicationConfiguration(address: .hostname(host, port: port), backlog: 1024),
            onServerRunning: { channel in await ready(channel.localAddress?.port ?? port) }, logger: logger)
    }
}
