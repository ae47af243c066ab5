package import Domain
package import Store

extension ControlPlane {
    /// The newest first. `tenant`: nil for all of the platform; else what was done of its own, and from where others did it is theirs to know.
    package func events(_ scope: Scope, of tenant: Name? = nil, _ filter: EventFilter = EventFilter(), limit: Int) async throws(ControlPlaneError) -> [EventRecord] {
        var filter = filter
        if let tenant {
            try scope.require(.read, of: tenant)
            filter.owned = scope.owned(of: tenant)
        } else {
            try scope.require(.administer)
        }
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
