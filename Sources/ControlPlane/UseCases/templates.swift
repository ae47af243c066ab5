package import Domain
package import NodeModel
package import Store

extension ControlPlane {
    package func templates(_ scope: Scope) async throws(ControlPlaneError) -> [TemplateObservation] {
        try scope.requireCaller()
        return try await tried { try await store.templates() }
    }

    package func template(_ scope: Scope, _ name: Name) async throws(ControlPlaneError) -> TemplateObservation {
        try scope.requireCaller()
        return try await tried { try await store.template(name) }
    }

    package func buildTemplate(_ scope: Scope, _ name: Name) async throws(ControlPlaneError) -> OperationRecord {
        try scope.require(.administer)
        return try await begin { id in
            let operation = try await store.requestTemplateBuild(name, operation: id, by: scope.author)
            return (.template(operation: operation.id, name: name.text), operation)
        }
    }

    /// Not while a VPS is being made from it. Disks that were made from it stay.
    package func deleteTemplate(_ scope: Scope, _ name: Name) async throws(ControlPlaneError) {
        try scope.require(.administer)
        try await tried {
            try await store.checkTemplateIsFree(name)
            if WriteTerms.current.isRehearsal { throw ControlPlaneError.rehearsed }
            try await link.done(.removeTemplate(name.text), within: policy.patience.work)
            try await store.deleteTemplate(name, by: scope.author)
        }
    }
}
