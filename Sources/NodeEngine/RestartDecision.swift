internal import NodeModel

/// What a restart has to do first. One that is asked for again, as its answer was lost, goes on where it was. Pure.
enum RestartDecision: Equatable {
    case stopFirst
    case start
    case nothing
    case refuse

    static func decide(_ record: Record, operation: String, runningInit: Int32?) -> RestartDecision {
        let isKnown = record.restart?.operation == operation
        if let runningInit { return isKnown && record.restart?.replaced != runningInit ? .nothing : .stopFirst }
        if isKnown { return .start }
        // One that should run and does not is what a failed start leaves.
        return record.specification.power == .running && !record.haltedByGuest ? .start : .refuse
    }
}
