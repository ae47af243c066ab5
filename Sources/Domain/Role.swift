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

    package var verbs: Set<Verb> {
        switch self {
        case .admin: Set(Verb.allCases)
        case .clerk: [.read, .bill]
        case .reader: [.read]
        case .owner: [.read, .power, .access, .manage, .delegate, .sell]
        case .member: [.read, .power, .access]
        }
    }
}
