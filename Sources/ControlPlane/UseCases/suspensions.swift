package import Domain
package import Store

extension ControlPlane {
    /// Of all that is the tenant's, and its tenants'. What runs is shut down.
    package func suspend(_ scope: Scope, _ tenant: Name, _ reason: SuspensionReason, _ remark: Remark) async throws(ControlPlaneError) -> TenantRecord {
        try await suspend(scope, tenant, vps: nil, reason, remark)
        return try await self.tenant(scope, tenant)
    }

    package func suspend(_ scope: Scope, tenant: Name, name: Name, _ reason: SuspensionReason, _ remark: Remark) async throws(ControlPlaneError) -> VPSView {
        try await suspend(scope, tenant, vps: name, reason, remark)
        return try await vps(scope, tenant: tenant, name: name)
    }

    /// Lifts one reason. Once none is left, what ran before runs again. `name`: nil for all that is the tenant's.
    package func unsuspend(_ scope: Scope, tenant: Name, name: Name?, _ reason: SuspensionReason) async throws(ControlPlaneError) {
        try scope.require(reason, of: tenant)
        for id in try await tried({ try await store.unsuspend(tenant, vps: name, reason, by: scope.author) }) { reconciler.kick(.vps(id)) }
    }

    private func suspend(_ scope: Scope, _ tenant: Name, vps name: Name?, _ reason: SuspensionReason, _ remark: Remark) async throws(ControlPlaneError) {
        try scope.require(reason, of: tenant)
        for id in try await tried({ try await store.suspend(tenant, vps: name, reason, remark, by: scope.author) }) { reconciler.kick(.vps(id)) }
    }
}

extension Scope {
    /// Each reason is for those alone to give and to lift who have it.
    fileprivate func require(_ reason: SuspensionReason, of tenant: Name) throws(ControlPlaneError) {
        if reason == .reseller { try require(.sell, platform: .administer, ofResold: tenant) } else { try require(reason.verb) }
    }

    /// Reasons that do not keep him from changing or deleting what is suspended: those that are his to lift. All others keep it as it is, to be looked at.
    var despite: Set<SuspensionReason> { reach == .platform ? Set(SuspensionReason.allCases) : resold != nil && may(.sell) ? [.reseller] : [] }
}
