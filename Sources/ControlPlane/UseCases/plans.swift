package import Domain
package import Store

extension ControlPlane {
    package func createPlan(_ scope: Scope, _ name: Name, _ terms: PlanTerms) async throws(ControlPlaneError) -> PlanRecord {
        try scope.require(.administer)
        try refuse(terms.problems)
        return try await tried { try await store.createPlan(name, terms, by: scope.author) }
    }

    /// Everyone may see what is sold.
    package func plans(_ scope: Scope) async throws(ControlPlaneError) -> [PlanRecord] {
        try scope.requireCaller()
        return try await tried { try await store.plans() }
    }

    package func plan(_ scope: Scope, _ name: Name) async throws(ControlPlaneError) -> PlanRecord {
        try scope.requireCaller()
        return try await tried { try await store.plan(name) }
    }

    package func deletePlan(_ scope: Scope, _ name: Name) async throws(ControlPlaneError) {
        try scope.require(.administer)
        try await tried { try await store.deletePlan(name, by: scope.author) }
    }
}
