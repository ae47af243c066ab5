internal import CNetlink
internal import Glibc
package import Kernel

extension GuestLinkPlan {
    /// Makes the link of a VPS that is starting. Whatever of it is there already is success; a link of the same name that
    /// leads elsewhere (its guest is dead) is replaced. On failure nothing that was not there before is left. The
    /// firewall's elements must be there before.
    /// `host` must be a socket of the calling thread's own namespace, as /proc/sys/net is the thread's.
    package func attach(host: borrowing NetlinkSocket, guest namespace: borrowing NetworkNamespace) throws(NetlinkError) {
        let guest = try NetlinkSocket(.route, in: namespace)
        var ends = Ends()
        do { try walk(&ends, host, guest, namespace) } catch {
            if ends.areNew { try? host.deleteLink(name) }  // the first failure is the one to tell
            throw error
        }
    }

    /// Afterwards the link and all its addresses, routes and neighbours are gone. Already gone is success.
    package static func detach(_ name: InterfaceName, host: borrowing NetlinkSocket) throws(NetlinkError) { try host.deleteLink(name) }

    private func walk(_ ends: inout Ends, _ host: borrowing NetlinkSocket, _ guest: borrowing NetlinkSocket, _ namespace: borrowing NetworkNamespace) throws(NetlinkError) {
        for step in steps {
            switch step {
            case .createPair(let request): try create(request, &ends, host, guest, namespace)
            case .set(let setting): try apply(setting)
            case .setUp(.host): try host.setUp(index: ends.host)
            case .setUp(.guest): try guest.setUp(index: ends.guest)
            case .setUp(.guestLoopback): try guest.setUp(index: Self.loopbackIndex)
            case .awaitOperation(let side): side == .host ? try host.awaitOperation(index: ends.host) : try guest.awaitOperation(index: ends.guest)
            case .addAddress(let assignment, let side): side == .host ? try host.add(assignment, index: ends.host) : try guest.add(assignment, index: ends.guest)
            case .addNeighbour(let neighbour, let side): side == .host ? try host.add(neighbour, index: ends.host) : try guest.add(neighbour, index: ends.guest)
            case .addRoute(let route, let side): side == .host ? try host.add(route, index: ends.host) : try guest.add(route, index: ends.guest)
            }
        }
    }

    private struct Ends {
        var host: UInt32 = 0
        var guest: UInt32 = 0
        var areNew = false
    }

    /// LOOPBACK_IFINDEX: the same in every namespace (net/flow.h).
    private static let loopbackIndex: UInt32 = 1

    private func create(_ request: PairRequest, _ ends: inout Ends, _ host: borrowing NetlinkSocket, _ guest: borrowing NetlinkSocket, _ namespace: borrowing NetworkNamespace) throws(NetlinkError) {
        do { try host.createPair(request, peerIn: namespace) } catch {
            guard error.code == EEXIST else { throw error }
            if try find(request, &ends, host, guest) { return }
            try host.deleteLink(name)  // leads elsewhere
            try host.createPair(request, peerIn: namespace)
        }
        ends.areNew = true
        guard try find(request, &ends, host, guest) else { throw .malformed(operation: "create veth pair", subject: name.text) }
    }

    /// False: the two are not each other's ends. The guest's is known by its number: a guest may have renamed it.
    private func find(_ request: PairRequest, _ ends: inout Ends, _ host: borrowing NetlinkSocket, _ guest: borrowing NetlinkSocket) throws(NetlinkError) -> Bool {
        guard let near = try host.link(named: request.name), near.peerIndex != 0, let far = try guest.link(index: near.peerIndex), far.peerIndex == near.index else { return false }
        ends.host = near.index
        ends.guest = far.index
        return true
    }

    private func apply(_ setting: LinkSetting) throws(NetlinkError) {
        do { try setting.apply(to: name) } catch {
            // A kernel without IPv6 needs not be told to do without it.
            if setting == HostEndSettings.noIPv6.first, error.code == KernelError.noEntry { return }
            throw .kernel(error)
        }
    }
}
