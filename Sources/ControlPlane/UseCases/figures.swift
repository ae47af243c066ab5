internal import Domain
internal import NodeModel
internal import Store

/// How the platform does, in numbers, without a word about any tenant.
package struct Figures: Sendable {
    package var vpses: [VPSView.State: Int]
    package var suspended: Int
    package var tenants: Int
    package var pendingOperations: Int
    package var nodes: [NodeView]
    package var events: Int64
}

extension ControlPlane {
    /// For whoever may reach the address that the settings give to metrics.
    package func figures() async throws(ControlPlaneError) -> Figures {
        try await tried {
            let views = try await vpses(.admin, tenant: nil)
            let (tenants, pending, events) = try await store.counts()
            return Figures(
                vpses: Dictionary(views.map { ($0.state, 1) }, uniquingKeysWith: +), suspended: views.count { !$0.record.suspensions.isEmpty }, tenants: tenants, pendingOperations: pending,
                nodes: try await nodes(.admin), events: events)
        }
    }
}
