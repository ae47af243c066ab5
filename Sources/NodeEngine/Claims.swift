internal import NodeModel
internal import Synchronization

/// Who has what on this node; filled from the records when the node starts.
final class Claims: Sendable {
    private struct State {
        var holders: [Claim: VPSID] = [:]
        var claims: [VPSID: Set<Claim>] = [:]
    }

    private let state = Mutex(State())

    /// All of them or, when another VPS has one, none. Those that the VPS has already it keeps.
    func take(_ wanted: Set<Claim>, for id: VPSID) throws(NodeProblem) {
        let conflict = state.withLock { state -> (Claim, VPSID)? in
            for claim in wanted { if let holder = state.holders[claim], holder != id { return (claim, holder) } }
            for claim in wanted { state.holders[claim] = id }
            state.claims[id, default: []].formUnion(wanted)
            return nil
        }
        if let (claim, holder) = conflict { throw NodeProblem(.invalid, "VPS \(id): \(claim) belongs to VPS \(holder)") }
    }

    func release(_ id: VPSID) {
        state.withLock { for claim in $0.claims.removeValue(forKey: id) ?? [] { $0.holders[claim] = nil } }
    }
}
