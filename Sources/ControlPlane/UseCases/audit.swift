package import Domain
package import Store

extension ControlPlane {
    /// The newest first.
    package func events(_ scope: Scope, _ filter: EventFilter = EventFilter(), limit: Int) async throws(ControlPlaneError) -> [EventRecord] {
        try scope.require(.administer)
        return try await tried { try await store.events(filter, limit: limit) }
    }

    /// What was done of a tenant's own, the newest first. From where others did it is theirs to know.
    package func events(_ scope: Scope, of tenant: Name, _ filter: EventFilter = EventFilter(), limit: Int) async throws(ControlPlaneError) -> [EventRecord] {
        try scope.require(.read, of: tenant)
        var filter = filter
        filter.owned = Owned(tenant: tenant, vpses: scope.terms?.vpses, withTokens: scope.may(.delegate) || scope.isAdmin)
        let events = try await tried { try await store.events(filter, limit: limit) }
        guard !scope.isAdmin else { return events }
        return events.map { event in
            var event = event
            if event.actor != scope.actor { (event.source, event.request) = (nil, nil) }
            return event
        }
    }

    /// `known`: a head that was noted earlier.
    package func verifyEvents(_ scope: Scope, known: [UInt8]?) async throws(ControlPlaneError) -> ChainVerdict {
        try scope.require(.administer)
        return try await tried { try await store.verifyEvents(known: known) }
    }
}
