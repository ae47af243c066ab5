internal import Domain
internal import Store

/// Tells each event once, in its order, and of each operation what is new.
package actor Follower {
    private let plane: ControlPlane
    private let scope: Scope
    private let tenant: Name?
    /// Whoever gets the name after it is somebody else.
    private let incarnation: Int64?
    private let place: Place
    private var last: Int64
    private var operations: OperationWatch
    /// The records' version when they were last looked at. Nil: there may be more than were read.
    private var seen: Versions?

    private struct Versions: Equatable {
        var records: UInt64
        var progress: UInt64
    }

    init(_ plane: ControlPlane, _ scope: Scope, _ tenant: Name?, incarnation: Int64?, after last: Int64, operation: String, place: Place) {
        self.plane = plane
        self.scope = scope
        self.tenant = tenant
        self.incarnation = incarnation
        self.last = last
        operations = OperationWatch(scope, tenant, after: operation)
        self.place = place
    }

    /// Empty: nothing happened for a while. Throws once the scope may not any more, or when it is cancelled.
    package func next() async throws -> [Change] {
        var silence = Duration.zero
        while silence < plane.policy.patience.silence {
            try Task.checkCancellation()
            guard plane.tokenBook.knows(scope.token, at: plane.store.time) else { throw ControlPlaneError.unauthenticated("the token is not valid any more") }
            let now = Versions(records: plane.store.version, progress: plane.board.version)
            if now != seen {
                let changes = try await look()
                seen = changes.isEmpty ? now : nil
                if !changes.isEmpty { return changes }
            }
            try await Task.sleep(for: plane.policy.patience.look)
            silence += plane.policy.patience.look
        }
        return []
    }

    private func look() async throws -> [Change] {
        if let tenant, try await plane.tenant(scope, tenant).incarnation != incarnation { throw ControlPlaneError.refused(.notFound(.tenant, tenant.text)) }
        let newest = try await plane.store.newestEvent()  // before: what comes in between is read the next time
        let events = try await plane.events(scope, of: tenant, EventFilter(after: last), limit: 100)
        // What is nobody's of ours is not looked at again.
        last = events.last?.id ?? max(last, newest)
        var watch = operations
        let moved = try await watch.look(plane)
        operations = watch
        return events.map(Change.event) + moved.map(Change.operation)
    }
}
