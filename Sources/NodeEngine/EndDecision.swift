internal import NodeModel

/// What becomes of a VPS whose guest has ended, when no verb of ours ended it. Pure.
enum EndDecision: Equatable, Sendable {
    case startAgain
    /// Stays down until a newer specification, with what went wrong, if something did.
    case halted(failure: String?)
    /// It was to end.
    case asAsked

    static func decide(_ ending: Ending, _ record: Record, lastWords: String?) -> EndDecision {
        guard record.specification.power == .running, !record.removing else { return .asAsked }
        if record.restart?.isUnderway == true { return .startAgain }
        switch ending.consequence {
        case .startAgain: return .startAgain
        case .stop(_, failed: true): return .halted(failure: ending.explanation(lastWords: lastWords))
        case .stop(_, failed: false): return .halted(failure: nil)
        }
    }
}
