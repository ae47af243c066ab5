package import Domain
package import Store

extension ControlPlane {
    /// `reseller`: whose customer it is to be; nil: the platform's own, or the reseller's who asks.
    package func createTenant(_ scope: Scope, _ name: Name, _ quota: Quantities, externalID: ExternalID? = nil, reseller: Name? = nil, isReseller: Bool = false) async throws(ControlPlaneError) -> TenantRecord {
        try scope.require(.sell, platform: .administer, ofResold: nil)
        try refuse(quota.problems)
        let owner = reseller ?? scope.tenant
        guard owner == nil || !isReseller else { throw .refused(.wrongState("isReseller: a reseller's customer cannot own tenants itself")) }
        guard scope.tenant == nil || owner == scope.tenant else { throw .forbidden("a reseller's tenants are its own") }
        try requireOwn(externalID, scope)
        let request = TenantRequest(name: name, ceilings: Ceilings(quota), externalID: externalID, reseller: owner, isReseller: isReseller)
        return try await tried { try await store.createTenant(request, by: scope.author) }
    }

    /// All, or a reseller's own and itself.
    package func tenants(_ scope: Scope) async throws(ControlPlaneError) -> [TenantRecord] {
        try scope.require(.read, platform: .read, ofResold: nil)
        return try await tried { try await store.tenants(of: scope.tenant) }
    }

    package func tenant(_ scope: Scope, _ name: Name) async throws(ControlPlaneError) -> TenantRecord {
        try scope.require(.read, of: name)
        return try await tried { try await store.tenant(name) }
    }

    /// Ceilings that are not set stay. `isReseller`: nil, as it is.
    package func changeTenant(_ scope: Scope, _ name: Name, _ ceilings: Ceilings, isReseller: Bool? = nil) async throws(ControlPlaneError) -> TenantRecord {
        try scope.require(.sell, platform: .administer, ofResold: name)
        if isReseller != nil { try scope.require(.administer) }
        try refuse(ceilings.quantities.problems)
        return try await tried { try await store.changeTenant(name, ceilings, isReseller: isReseller, by: scope.author) }
    }

    package func deleteTenant(_ scope: Scope, _ name: Name) async throws(ControlPlaneError) {
        try scope.require(.sell, platform: .administer, ofResold: name)
        forget(try await tried { try await store.deleteTenant(name, despite: scope.despite, by: scope.author) })
    }

    /// A reseller's begin with its name: so that none is as one of the platform's, and nobody learns by trying which those are.
    func requireOwn(_ externalID: ExternalID?, _ scope: Scope) throws(ControlPlaneError) {
        guard let externalID, let own = scope.tenant, !externalID.text.hasPrefix("\(own):") else { return }
        throw .refused(.wrongState("externalID: it begins with \(own): as all of this reseller's do"))
    }

    func refuse(_ problems: [String]) throws(ControlPlaneError) {
        guard problems.isEmpty else { throw .invalid(problems.joined(separator: "; ")) }
    }
}
