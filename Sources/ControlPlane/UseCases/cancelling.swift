internal import Domain
internal import Logging
internal import NodeModel
internal import Store

extension ControlPlane {
    /// The end of a creation or of a template's build that is under way, of which nothing is left then; once more is success. Returns the operation as it is afterwards.
    package func cancelOperation(_ scope: Scope, _ id: String) async throws(ControlPlaneError) -> OperationView {
        let view = try await operation(scope, id, wait: 0)
        let operation = view.record
        switch operation.kind {
        case .create: if let (tenant, name) = try await tried({ try operation.vpsNames }) { try scope.require(.manage, of: tenant, vps: name) }
        case .buildTemplate: try scope.require(.administer)
        case .start, .stop, .restart, .change, .delete: throw .refused(.wrongState("\(operation.kind.rawValue) cannot be cancelled; a creation and a template's build can"))
        }
        if operation.failure?.code == OperationRecord.Failure.cancelled.code { return view }
        guard try await tried({ try await store.cancelOperation(id, .cancelled, by: scope.author) }) else { throw .refused(.wrongState("the operation has ended: delete what it made")) }
        board.end(id)
        reconciler.noteTried(id)
        if let vps = operation.vpsID { reconciler.kick(.vps(vps)) } else { await stopBuilding(operation.subject) }
        return try await self.operation(scope, id, wait: 0)
    }

    /// After the record: what comes of the build is then nobody's to record. Where the node does not hear of it, the template is there in the end, to be deleted.
    private func stopBuilding(_ template: String) async {
        guard status.isOnline else { return }
        do { try await link.done(.cancelTemplateBuild(template), within: policy.patience.answer) } catch {
            logger.warning("the node was not told to stop building", metadata: ["template": "\(template)", "error": "\(error)"])
        }
    }
}
