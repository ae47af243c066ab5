internal import NodeModel

/// What an observation changes in a record, decided without a database.
enum Seen: Equatable {
    /// Nothing new, or something that passes (starting, stopping), behind which more follows.
    case nothing
    case changed(Change)

    struct Change: Equatable {
        var state: Observation.State
        var generation: Int64
        var observedGeneration: Int64
        var desired: VPSSpecification.Power
        var initPid: Int32?
        var reason: String?
        var haltedByGuest: Bool
        /// The event's kind, where it is one.
        var event: String?
    }

    /// `whole`: what the node has now; otherwise one of an earlier generation than was seen already has been overtaken.
    static func of(_ observation: Observation, in record: VPSRecord, whole: Bool) -> Seen {
        guard whole || observation.generation >= record.observedGeneration else { return .nothing }
        guard observation.state != .starting, observation.state != .stopping else { return .nothing }
        var change = Change(
            state: observation.state,
            // The node knows a later one (the records were put back from a backup): the next change must be above it.
            generation: max(record.generation, observation.generation), observedGeneration: observation.generation, desired: record.desired,
            initPid: observation.initPid, reason: observation.reason, haltedByGuest: observation.haltedByGuest)
        if observation.generation == record.generation, observation.haltedByGuest, observation.state == .stopped, record.power == .running, record.phase == .live {
            // A poweroff inside is the tenant's wish: the VPS stays off until somebody starts it.
            change.desired = .stopped
            change.generation += 1
        }
        change.event = event(from: record, to: observation)
        return change == same(record) && !record.missing ? .nothing : .changed(change)
    }

    private static func same(_ record: VPSRecord) -> Change {
        Change(
            state: record.observedState, generation: record.generation, observedGeneration: record.observedGeneration, desired: record.desired,
            initPid: record.initPid, reason: record.reason, haltedByGuest: record.haltedByGuest, event: nil)
    }

    private static func event(from record: VPSRecord, to observation: Observation) -> String? {
        switch observation.state {
        case record.observedState: observation.state == .running && observation.initPid != record.initPid ? "vps.rebooted" : nil
        case .running: "vps.started"
        case .stopped: observation.haltedByGuest ? "vps.halted" : "vps.stopped"
        case .failed: "vps.failed"
        case .unknown, .starting, .stopping: nil
        }
    }
}
