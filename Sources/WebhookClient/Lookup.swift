internal import ControlPlane
internal import Dispatch
internal import Domain
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
        guard let place = room.enter() else { return loop.makeFailedFuture(WebhookLinkError.nowhere) }
        let address = loop.makePromise(of: SocketAddress.self)
        DispatchQueue(label: "roost.lookup").async {
            address.completeWith(Result { try SocketAddress.makeAddressResolvingHost(url.host, port: url.port) })
            withExtendedLifetime(place) {}
        }
        return address.futureResult
    }

    /// Whether it is this host's: to itself it speaks from the same address. Nothing is sent (udp(7)).
    static func isOwn(_ address: SocketAddress, on loop: any EventLoop) -> EventLoopFuture<Bool> {
        DatagramBootstrap(group: loop).connect(to: address).map { channel in
            defer { channel.close(promise: nil) }
            return channel.localAddress?.ipAddress == address.ipAddress
        }.recover { _ in false }  // there is no way to it
    }
}
