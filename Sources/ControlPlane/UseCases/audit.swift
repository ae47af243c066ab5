internal import Domain
package import Store

extension ControlPlane {
    /// The newest first.
    package func events(_ scope: Scope, _ filter: EventFilter = EventFilter(), limit: Int) async throws(ControlPlaneError) -> [EventRecord] {
        try scope.require(.administer)
        return try await tried { try await store.events(filter, limit: limit) }
    }

    /// `known`: a head that was noted earlier.
    package func verifyEvents(_ scope: Scope, known: [UInt8]?) async throws(ControlPlaneError) -> ChainVerdict {
        try scope.require(.administer)
        return try await tried { try await store.verifyEvents(known: known) }
    }
}
