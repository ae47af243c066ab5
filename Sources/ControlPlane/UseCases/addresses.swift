internal import Domain
package import Store

extension ControlPlane {
    package func addresses(_ scope: Scope) async throws(ControlPlaneError) -> [LeaseRecord] {
        try scope.require(.administer)
        return try await tried { try await store.leases() }
    }

    /// Who had an address, in any of its forms, or the prefix that it is in; the newest first. `at`: milliseconds since 1970; nil for all of the time.
    package func holdings(_ scope: Scope, of address: String, at: Int64?) async throws(ControlPlaneError) -> [HoldingRecord] {
        try scope.require(.administer)
        guard let leased = AddressPool.leasedForm(of: address) else { throw .invalid("address: an IPv4 or IPv6 address") }
        return try await tried { try await store.holdings(of: leased, at: at) }
    }
}
