internal import Domain
internal import NIOCore
internal import Synchronization

/// How many connections there are: so many that the descriptors of other work stay free, and of each network not all of them.
final class ConnectionCount: Sendable {
    private struct Counts: Sendable {
        var total = 0
        var byNetwork: [String: Int] = [:]
    }
    private let counts = Mutex(Counts())
    private let most: Int
    private let mostOfOne: Int

    init(most: Int, mostOfOne: Int) {
        self.most = most
        self.mostOfOne = mostOfOne
    }

    /// False: it is one too many. Else it is counted until it closes.
    func admit(_ channel: any Channel) -> Bool {
        let network = ClientNetwork.of(channel.remoteAddress?.ipAddress)
        let isAdmitted = counts.withLock { counts in
            guard counts.total < most, counts.byNetwork[network, default: 0] < mostOfOne else { return false }
            counts.total += 1
            counts.byNetwork[network, default: 0] += 1
            return true
        }
        if isAdmitted { channel.closeFuture.whenComplete { [self] _ in leave(network) } }
        return isAdmitted
    }

    private func leave(_ network: String) {
        counts.withLock { counts in
            counts.total -= 1
            counts.byNetwork[network] = counts.byNetwork[network].flatMap { $0 > 1 ? $0 - 1 : nil }
        }
    }
}
