internal import NodeModel

/// What a restart has to do first. One that is asked for again, as its answer was lost, goes on where it was. Pure.
enum RestartDecision: Equatable {
    case stopFirst
    case start
    case nothing
    case refuse

    static func decide(_ record: Record, operation: String, isRunning: Bool) -> RestartDecision {
        if isRunning { return record.restart == operation ? .nothing : .stopFirst }
        // One that should run and does not is what an interrupted restart leaves.
        return record.specification.power == .running && !record.haltedByGuest ? .start : .refuse
    }
}
