package import ControlPlane
internal import Foundation
package import Hummingbird
internal import HummingbirdCore
package import Logging
internal import NIOCore

/// The HTTP API on the admins' unix socket.
package enum AdminAPI {
    /// A service that listens at `socket` until it is shut down. `ready` is called once it does.
    package static func application(_ plane: ControlPlane, socket: String, counter: RequestCounter = RequestCounter(), logger: Logger, ready: @escaping @Sendable () async -> Void = {}) -> some ApplicationProtocol {
        let peers = Peers()
        return Application(
            router: Routing.to(plane, through: LocalAdmin(peers: peers), counting: counter), server: HTTPServerBuilder { AdminConnection(responder: $0, plane: plane, peers: peers, logger: logger) },
            configuration: ApplicationConfiguration(address: .unixDomainSocket(path: socket), backlog: 1024),
            onServerRunning: { _ in
                // The umask made it so already; a second look costs nothing.
                do { try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: socket) } catch { logger.error("the socket's mode could not be set", metadata: ["error": "\(error)"]) }
                await ready()
            }, logger: logger)
    }
}
