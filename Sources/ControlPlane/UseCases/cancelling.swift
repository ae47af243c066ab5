internal import Domain
internal import NodeModel
internal import Store

extension ControlPlane {
    /// The end of a creation or of a template's build that is under way, of which nothing is left then; who cancelled it already has done so. Returns the operation as it is afterwards.
    package func cancelOperation(_ scope: Scope, _ id: String) async throws(ControlPlaneError) -> OperationView {
        let view = try await operation(scope, id, wait: 0)
        let operation = view.record
        switch operation.kind {
        case .create:
            let (tenant, name) = try operation.vpsNames
            try scope.require(.manage, of: tenant, vps: name)
        case .buildTemplate: try scope.require(.administer)
        case .start, .stop, .restart, .change, .delete: throw .refused(.wrongState("\(operation.kind.rawValue) cannot be cancelled; a creation and a template's build can"))
        }
        if operation.failure?.code == OperationRecord.Failure.cancelled.code { return view }
        guard operation.status == .pending else { throw .refused(.wrongState("the operation has ended")) }
        if operation.kind == .buildTemplate {
            if WriteTerms.current.isRehearsal { throw .rehearsed }
            if status.isOnline { try await tried { try await link.done(.cancelTemplateBuild(operation.subject), within: policy.patience.answer) } }
        }
        guard try await tried({ try await store.cancelOperation(id, .cancelled, by: scope.author) }) else { throw .refused(.wrongState("the operation has ended")) }
        board.end(id)
        if let vps = operation.vpsID { reconciler.kick(.vps(vps)) }
        return try await self.operation(scope, id, wait: 0)
    }
}

extension OperationRecord {
    /// Of an operation about a VPS.
    fileprivate var vpsNames: (tenant: Name, name: Name) {
        get throws(ControlPlaneError) {
            let parts = subject.split(separator: "/").map(String.init)
            do {
                guard parts.count == 2 else { throw ControlPlaneError.failed("\(subject) is no VPS") }
                return (try Name(parts[0]), try Name(parts[1]))
            } catch {
                throw .of(error)
            }
        }
    }
}
