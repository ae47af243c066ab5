internal import Domain
internal import Logging
internal import NodeModel
internal import Store

extension Reconciler {
    func build(template name: String, _ id: String) async {
        do {
            let (operation, _) = try await store.operation(id)
            guard operation.status == .pending else { return }
            do {
                guard await status.comesOnline(within: policy.patience.absence) else { throw NodeLinkError.unavailable(status.why) }
                guard board.isOpen(id) else { return }  // it has been cancelled
                let template = try await built(name, id)
                let isWanted = try await store.finishTemplateBuild(id, template, by: "node")
                if !isWanted { try await link.done(.removeTemplate(name), within: policy.patience.work) }  // it was cancelled too late for the node
            } catch let error as NodeLinkError {
                if Task.isCancelled { return }  // it stays pending for the next start
                let failure = if case .problem(let problem) = error { OperationRecord.Failure.of(problem) } else { OperationRecord.Failure.nodeUnavailable("\(error)") }
                try await store.failOperation(id, failure, by: "reconciler")
            }
            ended(operation)
        } catch is CancellationError {
            // The daemon ends: what is pending is driven on at its next start.
        } catch {
            logger.error("a template's build could not be recorded", metadata: ["template": "\(name)", "error": "\(error)"])
        }
    }

    private func built(_ name: String, _ operation: String) async throws(NodeLinkError) -> TemplateObservation {
        let reply = try await link.request(.buildTemplate(name), within: policy.patience.templateBuild) { [board] fraction, message in board.progress(operation, fraction, message) }
        guard case .templates(let templates) = reply, let template = templates.first(where: { $0.name == name }) else { throw .violation("no template \(name)") }
        return template
    }
}
