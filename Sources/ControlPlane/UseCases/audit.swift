internal import Domain
package import Store

extension ControlPlane {
    /// The newest first. `subject`: nil for everything.
    package func events(_ scope: Scope, limit: Int, subject: String? = nil) async throws(ControlPlaneError) -> [EventRecord] {
        try scope.require(.administer)
        return try await tried { try await store.events(limit: limit, subject: subject) }
    }

    /// `known`: a head that was noted earlier.
    package func verifyEvents(_ scope: Scope, known: [UInt8]?) async throws(ControlPlaneError) -> ChainVerdict {
        try scope.require(.administer)
        return try await tried { try await store.verifyEvents(known: known) }
    }
}
