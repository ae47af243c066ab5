internal import NodeModel
package import Store

/// What is to be done about a VPS next.
package enum VPSStep: Equatable, Sendable {
    case nothing
    /// Give the node the specification, with the seconds the guest has to shut down.
    case put(graceSeconds: Int)
    case restart(operation: String, graceSeconds: Int)
    case remove
    /// The node lost it: made again, it would be another, with an empty disk.
    case refuse(String)
}

/// Pure and total: from a record and its pending operation.
package func nextStep(_ record: VPSRecord, _ operation: OperationRecord?, graceSeconds: Int) -> VPSStep {
    guard record.phase == .live else { return .remove }
    if record.missing { return operation == nil ? .nothing : .refuse("the node does not have \(record.subject) any more; it is not made again, as its disk would be empty. Delete it, or bring the disk back") }
    guard let operation else { return record.observedGeneration < record.generation ? .put(graceSeconds: graceSeconds) : .nothing }
    switch operation.kind {
    // It may have been suspended since: then the node is to stop it.
    case .create, .start, .change: return .put(graceSeconds: record.power == .running ? 0 : graceSeconds)
    case .stop: return .put(graceSeconds: operation.graceSeconds)
    case .restart where record.power == .stopped: return .put(graceSeconds: operation.graceSeconds)
    case .restart: return .restart(operation: operation.id, graceSeconds: operation.graceSeconds)
    case .delete: return .remove
    case .buildTemplate: return .nothing  // never a VPS's
    }
}
