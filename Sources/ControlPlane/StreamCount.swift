internal import Store
internal import Synchronization

/// How many of a kind of stream each caller has open: so many that nobody takes all that the daemon can carry.
final class StreamCount: Sendable {
    private let open = Mutex<[Holder: Int]>([:])
    private let mostOfToken: Int
    private let mostOfTenant: Int

    init(mostOfToken: Int, mostOfTenant: Int) {
        self.mostOfToken = mostOfToken
        self.mostOfTenant = mostOfTenant
    }

    /// Throws where it is one too many. The stream counts as long as its place is held.
    func enter(_ scope: Scope) throws -> Place {
        let holders = Holder.of(scope)
        try open.withLock { open in
            guard holders.allSatisfy({ open[$0, default: 0] < most($0) }) else { throw ControlPlaneError.refused(.wrongState("as many streams are open already as may be (\(mostOfToken) of a token, \(mostOfTenant) of a tenant, \(mostOfTenant * Holder.resellerFactor) of a reseller): close some")) }
            for holder in holders { open[holder, default: 0] += 1 }
        }
        return Place { [self] in open.withLock { open in for holder in holders { open[holder] = open[holder].flatMap { $0 > 1 ? $0 - 1 : nil } } } }
    }

    private func most(_ holder: Holder) -> Int {
        switch holder {
        case .token: mostOfToken
        case .tenant: mostOfTenant
        case .reseller: mostOfTenant * Holder.resellerFactor
        }
    }
}
