/// How far a token reaches.
package struct TokenTerms: Sendable, Equatable {
    package var role: Role
    /// Nil: all of the role's.
    package var verbs: Set<Verb>?
    /// Only these of the tenant's VPSes. Nil: all, also those to come.
    package var vpses: Set<Name>?
    /// Only from these networks. Empty: from anywhere.
    package var sources: [Network]
    /// Milliseconds since 1970, UTC. Nil: until it is revoked.
    package var expiresAt: Int64?

    package init(role: Role, verbs: Set<Verb>? = nil, vpses: Set<Name>? = nil, sources: [Network] = [], expiresAt: Int64? = nil) {
        self.role = role
        self.verbs = verbs
        self.vpses = vpses
        self.sources = sources
        self.expiresAt = expiresAt
    }

    /// What it allows: never more than its role. Whoever may do anything may look at what came of it, and whoever administers may suspend for a bill, too.
    package var allowed: Set<Verb> { Set(Verb.allCases.filter(allows)) }

    package func allows(_ verb: Verb) -> Bool {
        switch verb {
        case .read: true
        case .bill where allows(.administer): true
        default: role.allows(verb) && verbs?.contains(verb) != false
        }
    }

    /// Why it cannot be given to anybody; empty: it can.
    package func problems(hasTenant: Bool, now: Int64) -> [TokenProblem] {
        var problems: [TokenProblem] = []
        if role.isOfTenant != hasTenant { problems.append(.senseless(hasTenant ? "a tenant's token is for the role owner, member or reader, not \(role.rawValue)" : "a token for the role \(role.rawValue) needs a tenant")) }
        for verb in (verbs ?? []).subtracting(role.verbs).sorted() { problems.append(.beyondRole("a \(role.rawValue) may not \(verb.rawValue)")) }
        if verbs?.isEmpty == true { problems.append(.senseless("a token without a verb is good for nothing")) }
        if vpses != nil, !role.isOfTenant { problems.append(.senseless("only a tenant's token can be held to some VPSes")) }
        if vpses?.isEmpty == true { problems.append(.senseless("a token for no VPS is good for nothing")) }
        if let expiresAt, expiresAt <= now { problems.append(.past) }
        return problems
    }

    /// Whether whoever has `other` may give this to somebody: nobody gives what he has not, nor for longer, nor for more places.
    package func isWithin(_ other: TokenTerms) -> Bool {
        let areVPSesWithin = other.vpses.map { limit in vpses?.isSubset(of: limit) ?? false } ?? true
        let isTimeWithin = other.expiresAt.map { limit in expiresAt.map { $0 <= limit } ?? false } ?? true
        let areSourcesWithin = other.sources.isEmpty || !sources.isEmpty && sources.allSatisfy { source in other.sources.contains { $0.contains(source) } }
        return allowed.isSubset(of: other.allowed) && areVPSesWithin && isTimeWithin && areSourcesWithin
    }

    /// `source`: the caller's address; nil: unknown, as on a unix socket.
    package func admits(from source: String?) -> Bool {
        guard !sources.isEmpty else { return true }
        guard let source else { return false }
        return sources.contains { $0.contains(source) }
    }
}

package enum TokenProblem: Equatable, Sendable, CustomStringConvertible {
    case senseless(String)
    case beyondRole(String)
    case past

    package var description: String {
        switch self {
        case .senseless(let why), .beyondRole(let why): why
        case .past: "it would have expired already"
        }
    }
}
