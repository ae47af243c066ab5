package import Domain
package import Store

/// What somebody who follows the platform, or a tenant, is told.
package enum Change: Sendable {
    case event(EventRecord)
    case operation(OperationView)
    /// Nothing for a while: so that whoever listens knows that he still does.
    case nothing
}

extension ControlPlane {
    /// What happens from now on, or after event `last`. Throws if `scope` may not know, or follows too much already. `tenant`: nil for all of the platform.
    package func follow(_ scope: Scope, of tenant: Name?, after last: Int64?) async throws -> Follower {
        if let tenant { _ = try await self.tenant(scope, tenant) } else { try scope.require(.administer) }
        let newest = try await store.events(limit: 1).first?.id ?? 0
        return Follower(self, scope, tenant, after: last ?? newest, place: try streamCount.enter(scope), known: try await recent(scope, tenant))
    }

    fileprivate func recent(_ scope: Scope, _ tenant: Name?) async throws(ControlPlaneError) -> [OperationView] {
        if let tenant { try await operations(scope, of: tenant, limit: 100) } else { try await operations(scope, limit: 100) }
    }
}

/// Tells each event once, in its order; of an operation each state that is seen, which is looked at a few times a second.
package actor Follower {
    private let plane: ControlPlane
    private let scope: Scope
    private let tenant: Name?
    private let place: StreamCount.Place
    private var last: Int64
    /// Of the records and of the board, when they were last looked at. Nil: never.
    private var seen: [UInt64]?
    /// What was last told of each operation.
    private var operations: [String: OperationView]

    fileprivate init(_ plane: ControlPlane, _ scope: Scope, _ tenant: Name?, after last: Int64, place: StreamCount.Place, known: [OperationView]) {
        self.plane = plane
        self.scope = scope
        self.tenant = tenant
        self.last = last
        self.place = place
        operations = Self.byID(known)
    }

    /// Never empty. Throws once the scope may not any more, or when it is cancelled.
    package func next() async throws -> [Change] {
        var silence = Duration.zero
        while silence < plane.policy.patience.silence {
            guard plane.tokenBook.knows(scope.token, at: plane.store.time) else { throw ControlPlaneError.unauthenticated("the token is not valid any more") }
            let now = [plane.store.version, plane.board.version, plane.status.isOnline ? 1 : 0]
            if now != seen {
                let changes = try await operationChanges() + eventChanges()
                seen = changes.isEmpty ? now : nil  // there may be more than were read
                if !changes.isEmpty { return changes }
            }
            try await Task.sleep(for: plane.policy.patience.look)
            silence += plane.policy.patience.look
        }
        return [.nothing]
    }

    /// The oldest first.
    private func operationChanges() async throws -> [Change] {
        let views = try await plane.recent(scope, tenant)
        defer { operations = Self.byID(views) }
        return views.filter { operations[$0.record.id] != $0 }.reversed().map(Change.operation)
    }

    private func eventChanges() async throws -> [Change] {
        let filter = EventFilter(after: last)
        let events = if let tenant { try await plane.events(scope, of: tenant, filter, limit: 100) } else { try await plane.events(scope, filter, limit: 100) }
        last = events.last?.id ?? last
        return events.map(Change.event)
    }

    private static func byID(_ views: [OperationView]) -> [String: OperationView] { Dictionary(views.map { ($0.record.id, $0) }) { $1 } }
}
