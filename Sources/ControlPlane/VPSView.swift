internal import NodeModel
package import Store

/// A VPS as it is shown: its record, and what can be said of its state now.
package struct VPSView: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable { case running, stopped, starting, stopping, failed, unknown }

    package var record: VPSRecord
    package var state: State
    package var reason: String?
    package var initPid: Int32?

    init(_ record: VPSRecord, nodeOnline: Bool) {
        self.record = record
        (state, reason) = Self.shown(record, nodeOnline)
        initPid = state == .running ? record.initPid : nil
    }

    /// Of a node that is away nothing is known; what is under way comes before what was last seen.
    private static func shown(_ record: VPSRecord, _ nodeOnline: Bool) -> (State, String?) {
        guard nodeOnline else { return (.unknown, "the node is unreachable") }
        let state = state(record)
        return (state.0, record.suspensions.isEmpty ? state.1 : "suspended: \(record.suspensions.words)")
    }

    private static func state(_ record: VPSRecord) -> (State, String?) {
        if record.phase != .live { return (.stopping, "it is being deleted") }
        switch record.pending {
        case .create, .start, .restart: return (record.power == .running ? .starting : .stopped, nil)
        case .stop, .delete: return (.stopping, nil)
        case .change, .buildTemplate, nil: break
        }
        // Nobody asked for an operation: a suspension was put, or lifted.
        if record.observedGeneration < record.generation, !record.missing, record.observedState.rawValue != record.power.rawValue { return (record.power == .running ? .starting : .stopping, nil) }
        switch record.observedState {
        case .running: return (.running, record.reason)
        case .stopped: return (.stopped, record.reason)
        case .failed: return (.failed, record.reason)
        case .unknown, .starting, .stopping: return (.unknown, record.reason)
        }
    }
}

/// An operation as it is shown.
package struct OperationView: Sendable, Equatable {
    /// While the node is away, what is not done is pending; else it is running.
    package enum Status: String, Sendable, CaseIterable { case pending, running, succeeded, failed }

    package var record: OperationRecord
    package var status: Status
    /// 0…100
    package var progress: Int
    package var message: String
    package var vps: VPSView?
}
