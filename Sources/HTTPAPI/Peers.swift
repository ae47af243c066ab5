internal import NIOCore
internal import Synchronization

/// Whose process is at the other end of each of the admins' connections.
final class Peers: Sendable {
    private let known = Mutex<[ObjectIdentifier: PeerCredentials]>([:])

    /// Until the connection closes.
    func note(_ peer: PeerCredentials, at channel: any Channel) {
        let id = ObjectIdentifier(channel)
        known.withLock { $0[id] = peer }
        channel.closeFuture.whenComplete { [self] _ in known.withLock { $0[id] = nil } }
    }

    /// As the audit log names him.
    func source(_ channel: ObjectIdentifier) -> String? { known.withLock { $0[channel] }.map { "uid \($0.user), pid \($0.process)" } }
}
