internal import ControlPlane
internal import Dispatch
internal import Domain
internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Where a name leads. getaddrinfo(3): each on a thread of its own, as it takes as long as some stranger's name server likes, and cannot be given up.
struct Lookup: Sendable {
    private let room = Room(128)

    /// The one that the machine would choose first (RFC 6724).
    func find(_ url: WebhookURL, on loop: any EventLoop) -> EventLoopFuture<(address: SocketAddress, isOwn: Bool)> {
        address(of: url, on: loop).flatMap { address in Self.isOwn(address, on: loop).map { (address, $0) } }
    }

    private func address(of url: WebhookURL, on loop: any EventLoop) -> EventLoopFuture<SocketAddress> {
        guard let place = room.enter() else { return loop.makeFailedFuture(WebhookLinkError.busy) }
        let address = loop.makePromise(of: SocketAddress.self)
        DispatchQueue(label: "roost.lookup").async {
            address.completeWith(Result { try SocketAddress.makeAddressResolvingHost(url.host, port: url.port) })
            withExtendedLifetime(place) {}
        }
        return address.futureResult
    }

    /// Whether it is this host's: only its own can be spoken from (ip(7); with ip_nonlocal_bind any, and nothing is reached then). Nothing is sent.
    static func isOwn(_ address: SocketAddress, on loop: any EventLoop) -> EventLoopFuture<Bool> {
        var place = address
        place.port = 0
        return DatagramBootstrap(group: loop).bind(to: place).map { channel in
            channel.close(promise: nil)
            return true
        }.flatMapErrorThrowing { error in
            guard (error as? IOError)?.errnoCode == EADDRNOTAVAIL else { throw WebhookLinkError.nowhere }
            return false
        }
    }
}
