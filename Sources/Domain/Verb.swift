/// What a caller may be allowed to do. Tokens name these.
package enum Verb: String, Sendable, CaseIterable, Comparable {
    case read
    /// start, stop, restart
    case power
    /// exec and console: whoever may has all that is in the VPS.
    case access
    /// create, change and delete VPSes
    case manage
    /// give tokens to others
    case delegate
    /// create, change, suspend and delete tenants: a reseller's own
    case sell
    /// suspend for an unpaid bill, and lift that
    case bill
    /// everything that concerns the platform, and not one tenant
    case administer

    package static func < (left: Verb, right: Verb) -> Bool { left.rawValue < right.rawValue }
}
