package import Domain
internal import Store

/// Who asks, and how far he may go. Every use case takes it first, so that forgetting to look doesn't compile.
package struct Scope: Sendable, Equatable {
    package enum Reach: Sendable, Equatable {
        /// Nobody has said who he is.
        case nothing
        case platform
        case tenant(Name)
    }

    /// As events name him.
    package private(set) var author: Author
    package var actor: String { author.actor }
    package let reach: Reach
    package let terms: TokenTerms?
    /// The id of the token that was shown. Nil: none was needed.
    let token: String?

    /// Whoever reaches the admins' socket.
    package static let admin = Scope(actor: "admin", reach: .platform, terms: TokenTerms(role: .admin))
    package static let nobody = Scope(actor: "nobody", reach: .nothing, terms: nil)

    /// A tenant, with all that is its own.
    package static func tenant(_ name: Name) -> Scope { Scope(actor: "tenant \(name)", reach: .tenant(name), terms: TokenTerms(role: .owner)) }

    init(_ token: TokenRecord) {
        self.init(actor: "token \(token.id) (\(token.tenant.map { "\($0)/" } ?? "")\(token.name))", reach: token.tenant.map(Reach.tenant) ?? .platform, terms: token.terms, token: token.id)
    }

    private init(actor: String, reach: Reach, terms: TokenTerms?, token: String? = nil) {
        author = Author(actor: actor)
        self.reach = reach
        self.terms = terms
        self.token = token
    }

    /// The same, with one request of his.
    package func asking(from source: String?, request: String) -> Scope {
        var scope = self
        scope.author = Author(actor: actor, source: source, request: request)
        return scope
    }

    /// Nil: of the platform, or nobody.
    package var tenant: Name? { if case .tenant(let name) = reach { name } else { nil } }
    package var isAdmin: Bool { reach == .platform && may(.administer) }

    func may(_ verb: Verb) -> Bool { terms?.allowed.contains(verb) == true }

    package func requireCaller() throws(ControlPlaneError) {
        guard reach != .nothing else { throw .unauthenticated("this needs a token: Authorization: Bearer roost_…") }
    }

    /// Of the platform as a whole.
    package func require(_ verb: Verb) throws(ControlPlaneError) {
        try requireCaller()
        guard reach == .platform, may(verb) else { throw .forbidden() }
    }

    /// Of what is one tenant's. Another's is as if it did not exist.
    package func require(_ verb: Verb, of tenant: Name) throws(ControlPlaneError) {
        try requireCaller()
        guard reach == .platform || reach == .tenant(tenant) else { throw .refused(.notFound(.tenant, tenant.text)) }
        guard may(verb) else { throw .forbidden() }
    }

    /// Of one VPS. One that the token is not for is as if it did not exist.
    func require(_ verb: Verb, of tenant: Name, vps name: Name) throws(ControlPlaneError) {
        try require(verb, of: tenant)
        guard reaches(name) else { throw .refused(.notFound(.vps, "\(tenant)/\(name)")) }
    }

    /// What is the tenant's, as far as he may know of it.
    func owned(of tenant: Name) -> Owned { Owned(tenant: tenant, vpses: terms?.vpses, withTokens: may(.delegate) || isAdmin) }

    func reaches(_ vps: Name) -> Bool { terms?.vpses.map { $0.contains(vps) } ?? true }
}
