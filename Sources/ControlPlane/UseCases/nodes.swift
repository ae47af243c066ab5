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
                NodeView(record: record, online: record.name == policy.node && status.isOnline, sellable: record.sellable(policy.ratios), sold: sold)
            }
        }
    }
}
