internal import Store
internal import Synchronization

/// How many streams each caller has open: so many that nobody takes all that the daemon can carry.
final class StreamCount: Sendable {
    static let most = 64
    private let open = Mutex<[String: Int]>([:])

    /// Throws where it is one too many. `token`: nil for whoever needs none, who is not limited. The stream counts as long as its place is held.
    func enter(_ token: String?) throws -> Place {
        guard let token else { return Place {} }
        try open.withLock { open in
            guard open[token, default: 0] < Self.most else { throw ControlPlaneError.refused(.wrongState("this token has \(Self.most) streams open already; close some")) }
            open[token, default: 0] += 1
        }
        return Place { [self] in open.withLock { open in open[token] = open[token].flatMap { $0 > 1 ? $0 - 1 : nil } } }
    }

    final class Place: Sendable {
        private let leave: @Sendable () -> Void
        fileprivate init(_ leave: @escaping @Sendable () -> Void) { self.leave = leave }
        deinit { leave() }
    }
}
