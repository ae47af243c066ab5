internal import Domain
package import Store

/// Tells each event once, in its order.
package actor Follower {
    private let plane: ControlPlane
    private let scope: Scope
    private let tenant: Name?
    private let place: StreamCount.Place
    private var last: Int64
    /// The records' version when they were last looked at. Nil: there may be more than were read.
    private var seen: UInt64?

    init(_ plane: ControlPlane, _ scope: Scope, _ tenant: Name?, after last: Int64, place: StreamCount.Place) {
        self.plane = plane
        self.scope = scope
        self.tenant = tenant
        self.last = last
        self.place = place
    }

    /// Empty: nothing happened for a while. Throws once the scope may not any more, or when it is cancelled.
    package func next() async throws -> [EventRecord] {
        var silence = Duration.zero
        while silence < plane.policy.patience.silence {
            try Task.checkCancellation()
            guard plane.tokenBook.knows(scope.token, at: plane.store.time) else { throw ControlPlaneError.unauthenticated("the token is not valid any more") }
            let now = plane.store.version
            if now != seen {
                let (events, newest) = try await look()
                seen = events.isEmpty ? now : nil
                // What is nobody's of ours is not looked at again.
                last = events.last?.id ?? max(last, newest)
                if !events.isEmpty { return events }
            }
            try await Task.sleep(for: plane.policy.patience.look)
            silence += plane.policy.patience.look
        }
        return []
    }

    private func look() async throws -> (events: [EventRecord], newest: Int64) {
        let newest = try await plane.store.newestEvent()  // before: what comes in between is read the next time
        return (try await plane.events(scope, of: tenant, EventFilter(after: last), limit: 100), newest)
    }
}
