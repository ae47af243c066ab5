package import Domain
internal import NodeModel
package import Store

/// A node as it is shown: what it has, what may be sold of it, what is sold.
package struct NodeView: Sendable {
    package var record: NodeRecord
    package var online: Bool
    package var sellable: Quantities
    package var sold: Quantities
}

extension ControlPlane {
    package func nodes(_ scope: Scope) async throws(ControlPlaneError) -> [NodeView] {
        try scope.require(.administer)
        return try await tried {
            try await store.nodes().map { record, sold in
                let capacity = Quantities(cpuMillicores: record.capacity.cpuMillicores, memoryBytes: record.capacity.memoryBytes, diskBytes: record.capacity.poolBytes)
                return NodeView(record: record, online: record.name == policy.node && status.isOnline, sellable: sellable(capacity, policy.ratios), sold: sold)
            }
        }
    }

    package func addresses(_ scope: Scope) async throws(ControlPlaneError) -> [LeaseRecord] {
        try scope.require(.administer)
        return try await tried { try await store.leases() }
    }

    /// Who had an address, in any of its forms, the newest first. `at`: milliseconds since 1970; nil for all of the time.
    package func holdings(_ scope: Scope, of address: String, at: Int64?) async throws(ControlPlaneError) -> [HoldingRecord] {
        try scope.require(.administer)
        let family: AddressPool.Family? = IPv4Address(Substring(address)) != nil ? .ipv4 : IPv6Address(Substring(address)) != nil ? .ipv6 : nil
        guard let family else { throw .invalid("address: an IPv4 or IPv6 address") }
        return try await tried {
            try await store.holdings(family, at: at).filter { holding in try Network(masking: "\(holding.address.address)/\(holding.address.prefixLength)").contains(address) }
        }
    }
}
