/// What somebody is, on the platform or in one tenant.
package enum Role: String, Sendable, CaseIterable {
    /// Of the platform.
    case admin
    /// Of the platform: reads all that is about money, and suspends for unpaid bills.
    case clerk
    /// Of a tenant, with all that is the tenant's.
    case owner
    /// Of a tenant: uses its VPSes.
    case member
    /// Of a tenant: looks.
    case reader

    package var isOfTenant: Bool { self == .owner || self == .member || self == .reader }

    package var verbs: Set<Verb> { Set(Verb.allCases.filter(allows)) }

    package func allows(_ verb: Verb) -> Bool {
        switch (self, verb) {
        case (.admin, _), (_, .read): true
        case (.clerk, .bill): true
        case (.owner, .power), (.owner, .access), (.owner, .manage), (.owner, .delegate), (.owner, .sell): true
        case (.member, .power), (.member, .access): true
        case (.clerk, _), (.owner, _), (.member, _), (.reader, _): false
        }
    }
}
