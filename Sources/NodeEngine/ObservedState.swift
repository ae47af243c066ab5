internal import NodeModel

/// What the kernel shows of a VPS, and what that is with its record. Pure.
enum ObservedState: Equatable, Sendable {
    /// A verb of ours is at work.
    case underway(Observation.State)
    /// Its warden answers.
    case running(initPid: Int32)
    case down(hasProcesses: Bool)

    func observation(of record: Record) -> Observation {
        var observation = Observation(
            id: record.specification.id, state: .stopped, generation: record.specification.generation, reason: record.failure, haltedByGuest: record.haltedByGuest)
        switch self {
        case .underway(let state): observation.state = state
        case .running(let pid):
            observation.state = .running
            observation.initPid = pid
            observation.reason = nil
        case .down(hasProcesses: true):
            observation.state = .unknown
            observation.reason = "there are processes, but no warden"
        case .down(hasProcesses: false): if record.failure != nil { observation.state = .failed }
        }
        return observation
    }
}
