internal import Domain
internal import Store

/// Tells of operations what is new: that they began, how far they are, how they ended.
struct OperationWatch: Sendable {
    private let scope: Scope
    private let tenant: Name?
    /// The newest that was seen. Empty: none.
    private var newest: String
    /// Those under way, as they were told.
    private var told: [String: OperationView] = [:]

    /// So many under way are watched.
    private static let most = 1000

    init(_ scope: Scope, _ tenant: Name?, after newest: String) {
        self.scope = scope
        self.tenant = tenant
        self.newest = newest
    }

    mutating func look(_ plane: ControlPlane) async throws(ControlPlaneError) -> [OperationView] {
        let begun = try await plane.operations(scope, of: tenant, OperationFilter(after: newest), limit: Self.most)
        newest = begun.last?.record.id ?? newest
        let pending = try await plane.operations(scope, of: tenant, OperationFilter(status: .pending), limit: Self.most)
        let under = Dictionary(pending.map { ($0.record.id, $0) }) { first, _ in first }
        var ended: [OperationView] = []
        // Also those that were pending in the first read, and in the second no more.
        let gone = begun.filter { told[$0.record.id] == nil }.map(\.record.id) + told.keys.sorted()
        for id in gone where under[id] == nil {
            var view = try await plane.operation(scope, id, wait: 0)
            view.vps = nil
            ended.append(view)
        }
        let moved = pending.reversed().filter { told[$0.record.id] != $0 }
        told = under
        return ended + moved
    }
}
