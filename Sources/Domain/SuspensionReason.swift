/// Why a tenant, or one of its VPSes, may not run. It runs only once none is left.
package enum SuspensionReason: String, Sendable, CaseIterable {
    /// An unpaid bill.
    case billing
    case abuse
    /// More was used than was bought.
    case quota
    /// Whatever else the platform's admins have to say.
    case admin
    /// Whatever the tenant's reseller has to say.
    case reseller

    /// What somebody of the platform must be allowed to do who suspends for it, and who lifts it again.
    package var verb: Verb { self == .billing ? .bill : .administer }
}
