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
    package let token: String?
    /// Who has logged in. Nil: it is a program.
    package let login: Login?
    /// The tenants that his tenant owns, when he asked. Nil: it is no reseller, or he may reach into none.
    let resold: Set<Name>?
    /// Whose customer his tenant is, or his tenant, if that sells itself. Nil: nobody sells on.
    let reseller: Name?

    /// Whoever reaches the admins' socket.
    package static let admin = Scope(actor: "admin", reach: .platform, terms: TokenTerms(role: .admin))
    package static let nobody = Scope(actor: "nobody", reach: .nothing, terms: nil)

    /// A tenant, with all that is its own.
    package static func tenant(_ name: Name) -> Scope { Scope(actor: "tenant \(name)", reach: .tenant(name), terms: TokenTerms(role: .owner)) }

    /// `resold`: what the token's tenant owns, if it is a reseller.
    init(_ token: TokenRecord, resold: Set<Name>?) {
        let login = token.user.map { Login($0, of: token.tenant) }
        self.init(
            actor: token.user == nil ? "token \(token.id) (\(token.tenant.map { "\($0)/" } ?? "")\(token.name))" : token.createdBy, reach: token.tenant.map(Reach.tenant) ?? .platform, terms: token.terms,
            token: token.id, login: login, resold: token.terms.vpses == nil ? resold : nil,
            reseller: token.reseller ?? (resold == nil ? nil : token.tenant))
    }

    /// `voucher`: who says that it is he, if he has not proved it himself. A session is created by him.
    static func actor(_ login: Login, vouchedBy voucher: String? = nil) -> String { "user \(login)" + (voucher.map { " (signed on by \($0))" } ?? "") }

    private init(actor: String, reach: Reach, terms: TokenTerms?, token: String? = nil, login: Login? = nil, resold: Set<Name>? = nil, reseller: Name? = nil) {
        author = Author(actor: actor)
        self.reach = reach
        self.terms = terms
        self.token = token
        self.login = login
        self.resold = resold
        self.reseller = reseller
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

    func may(_ verb: Verb) -> Bool { terms?.allows(verb) == true }

    package func requireCaller() throws(ControlPlaneError) {
        guard reach != .nothing else { throw .unauthenticated("this needs a token: Authorization: Bearer roost_…") }
    }

    /// Of the platform as a whole.
    package func require(_ verb: Verb) throws(ControlPlaneError) {
        try requireCaller()
        guard reach == .platform, may(verb) else { throw .forbidden() }
    }

    /// Of tenants as such: the platform's, or a reseller's own. `platform`: what it takes there. `tenant`: nil for none that is there already.
    package func require(_ verb: Verb, platform: Verb, ofResold tenant: Name?) throws(ControlPlaneError) {
        try requireCaller()
        guard let own = self.tenant else { return try require(platform) }
        guard let resold, may(verb) else { throw .forbidden() }
        guard let tenant, !resold.contains(tenant) else { return }
        if tenant == own { throw .forbidden("what is its own is not a reseller's to change") }
        throw .refused(.notFound(.tenant, tenant.text))
    }

    /// Of what is one tenant's. Another's is as if it did not exist.
    package func require(_ verb: Verb, of tenant: Name) throws(ControlPlaneError) {
        try requireCaller()
        guard reaches(into: tenant) else { throw .refused(.notFound(.tenant, tenant.text)) }
        guard may(verb) else { throw .forbidden() }
    }

    /// Of one VPS. One that the token is not for is as if it did not exist.
    func require(_ verb: Verb, of tenant: Name, vps name: Name) throws(ControlPlaneError) {
        try require(verb, of: tenant)
        guard reaches(name) else { throw .refused(.notFound(.vps, "\(tenant)/\(name)")) }
    }

    /// Of tokens and users. `tenant`: nil for the platform's and everybody's.
    func requireDelegation(of tenant: Name?) throws(ControlPlaneError) {
        if let tenant { try require(.delegate, of: tenant) } else { try require(.administer) }
    }

    /// Whether he could give this to somebody. A session ends soon, but not what its user may do.
    func gives(_ given: TokenTerms) -> Bool {
        guard var own = terms else { return false }
        if login != nil { own.expiresAt = nil }
        return given.isWithin(own)
    }

    func requireGiving(_ given: TokenTerms) throws(ControlPlaneError) {
        guard gives(given) else { throw .forbidden("nobody can give what reaches further than his own: in verbs, VPSes, networks or time") }
    }

    /// What is the tenant's, as far as he may know of it.
    func owned(of tenant: Name) -> Owned { Owned(tenant: tenant, vpses: terms?.vpses, withAccounts: may(.delegate) || isAdmin) }

    func reaches(_ vps: Name) -> Bool { terms?.vpses.map { $0.contains(vps) } ?? true }

    private func reaches(into tenant: Name) -> Bool { reach == .platform || reach == .tenant(tenant) || resold?.contains(tenant) == true }
}
