package import Domain
internal import Store

extension ControlPlane {
    /// Events from now on, or after event `last`, and operations: those under way first. Throws if `scope` may not know, or follows too much already. `tenant`: nil for all of the platform.
    package func follow(_ scope: Scope, of tenant: Name?, after last: Int64?) async throws -> Follower {
        let record: TenantRecord? = if let tenant { try await self.tenant(scope, tenant) } else { nil }
        if record == nil { try scope.require(.administer) }
        let newest = try await store.newestEvent()
        let operation = try await store.operations(limit: 1).first?.id ?? ""
        return Follower(self, scope, tenant, incarnation: record?.incarnation, after: min(last ?? newest, newest), operation: operation, place: try followerCount.enter(scope))
    }
}
