internal import NodeModel

/// Whether a restart is to be done. One that is asked for again, as its answer was lost, goes on where it was. Pure.
enum RestartDecision: Equatable {
    /// What runs is stopped, and then it is started.
    case restart
    case isDone
    case refuse

    static func decide(_ record: Record, operation: String, runningInit: Int32?) -> RestartDecision {
        let isKnown = record.restart?.operation == operation
        if let runningInit { return isKnown && record.restart?.replaced != runningInit ? .isDone : .restart }
        // One that should run and does not is what a failed start leaves.
        return isKnown || (record.specification.power == .running && !record.haltedByGuest) ? .restart : .refuse
    }
}
