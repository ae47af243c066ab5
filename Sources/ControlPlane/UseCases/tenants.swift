package import Domain
package import Store

extension ControlPlane {
    package func createTenant(_ scope: Scope, _ name: Name, _ quota: Quantities, externalID: ExternalID? = nil) async throws(ControlPlaneError) -> TenantRecord {
        try scope.require(.administer)
        try refuse(quota.problems)
        return try await tried { try await store.createTenant(name, Ceilings(quota), externalID: externalID, by: scope.author) }
    }

    package func tenants(_ scope: Scope) async throws(ControlPlaneError) -> [TenantRecord] {
        try scope.require(.read)
        return try await tried { try await store.tenants() }
    }

    package func tenant(_ scope: Scope, _ name: Name) async throws(ControlPlaneError) -> TenantRecord {
        try scope.require(.read, of: name)
        return try await tried { try await store.tenant(name) }
    }

    /// Ceilings that are not set stay.
    package func changeTenant(_ scope: Scope, _ name: Name, _ ceilings: Ceilings) async throws(ControlPlaneError) -> TenantRecord {
        try scope.require(.administer)
        try refuse(ceilings.quantities.problems)
        return try await tried { try await store.setCeilings(name, ceilings, by: scope.author) }
    }

    package func deleteTenant(_ scope: Scope, _ name: Name) async throws(ControlPlaneError) {
        try scope.require(.administer)
        try await tried { try await store.deleteTenant(name, by: scope.author) }
        tokenBook.remove(allOf: name)
    }

    func refuse(_ problems: [String]) throws(ControlPlaneError) {
        guard problems.isEmpty else { throw .invalid(problems.joined(separator: "; ")) }
    }
}
