internal import NodeModel

/// What is found of a VPS when the node starts.
struct RecoveryFacts: Equatable, Sendable {
    var isRunning: Bool
    var record: RecordStore.Found
    var hasDisk: Bool
    /// As its warden wrote it; unknown where nothing is written.
    var ending: Ending
    var lastWords: String?
}

/// What is done about it. Pure.
enum RecoveryDecision: Equatable, Sendable {
    /// It runs, as it is.
    case adopt
    /// A removal that was begun, or a creation that never was.
    case finishRemoval
    /// It is down and is to be: how it ended is noted, and what it left is cleared away.
    case stayDown(EndDecision)
    case start
    /// What is not understood is not touched.
    case leave(String)

    static func decide(_ facts: RecoveryFacts) -> RecoveryDecision {
        switch facts.record {
        case .unreadable(let why): return facts.isRunning ? .adopt : .leave(why)
        case .absent:
            if facts.isRunning { return .adopt }
            return facts.hasDisk ? .leave("a disk without a record; put its specification again, or remove it") : .finishRemoval
        case .readable(let record):
            if record.removing { return .finishRemoval }
            if facts.isRunning { return .adopt }
            if record.specification.power == .stopped || record.haltedByGuest { return .stayDown(.asAsked) }
            // Nothing written: the host went down under it, or the node between its end and its start.
            if facts.ending == .unknown { return .start }
            let end = EndDecision.decide(facts.ending, record, lastWords: facts.lastWords)
            return end == .startAgain ? .start : .stayDown(end)
        }
    }
}
