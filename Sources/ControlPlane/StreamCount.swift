internal import Domain
internal import Store
internal import Synchronization

/// How many streams each caller has open: so many that nobody takes all that the daemon can carry.
final class StreamCount: Sendable {
    private enum Holder: Hashable, Sendable {
        case token(String)
        case tenant(Name)

        var most: Int {
            switch self {
            case .token: 64
            case .tenant: 256
            }
        }
    }
    private let open = Mutex<[Holder: Int]>([:])

    /// Throws where it is one too many. The stream counts as long as its place is held. Whoever needs no token is not limited.
    func enter(_ scope: Scope) throws -> Place {
        let holders = (scope.token.map { [Holder.token($0)] } ?? []) + (scope.tenant.map { [Holder.tenant($0)] } ?? [])
        try open.withLock { open in
            if let full = holders.first(where: { open[$0, default: 0] >= $0.most }) { throw ControlPlaneError.refused(.wrongState("\(full.most) streams are open already: close some")) }
            for holder in holders { open[holder, default: 0] += 1 }
        }
        return Place { [self] in open.withLock { open in for holder in holders { open[holder] = open[holder].flatMap { $0 > 1 ? $0 - 1 : nil } } } }
    }

    final class Place: Sendable {
        private let leave: @Sendable () -> Void
        fileprivate init(_ leave: @escaping @Sendable () -> Void) { self.leave = leave }
        deinit { leave() }
    }
}
