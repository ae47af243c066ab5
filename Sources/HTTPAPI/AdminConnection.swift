internal import ControlPlane
internal import Domain
internal import Glibc
internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// A connection to the admin socket: HTTP, or after an upgrade a stream. Only root and the daemon's own user are served.
struct AdminConnection: HTTPChannelHandler {
    let responder: Responder
    let plane: ControlPlane
    let peers: Peers
    let logger: Logger

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Conversation> {
        PeerCredentials.of(channel).flatMapThrowing { peer in
            guard peer.mayAdminister else {
                logger.warning("a connection was refused", metadata: ["uid": "\(peer.user)"])
                channel.close(promise: nil)
                throw RefusedPeer(user: peer.user)
            }
            peers.note(peer, at: channel)
            let upgrade = StreamUpgrade(plane: plane, logger: logger) { channel, _ in Scope.admin.asking(from: peers.source(ObjectIdentifier(channel)), request: Hexadecimal.randomID()) }
            return Conversation(channel: channel, negotiated: try upgrade.configure(channel))
        }
    }

    func handle(value: Conversation, logger: Logger) async { await value.carry(self, nil, plane, logger) }
}

struct RefusedPeer: Error {
    let user: UInt32
}

/// SO_PEERCRED of a unix socket (unix(7)): laid out as the kernel's `struct ucred`.
struct PeerCredentials: Sendable {
    var process: Int32 = 0
    var user: UInt32 = UInt32.max
    var group: UInt32 = UInt32.max

    var mayAdminister: Bool { user == 0 || user == geteuid() }

    static func of(_ channel: any Channel) -> EventLoopFuture<PeerCredentials> {
        guard let provider = channel as? any SocketOptionProvider else { return channel.eventLoop.makeSucceededFuture(PeerCredentials()) }
        return provider.unsafeGetSocketOption(level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
    }
}
