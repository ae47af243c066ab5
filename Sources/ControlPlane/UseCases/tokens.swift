package import Domain
internal import Identity
internal import Logging
package import Store

extension ControlPlane {
    /// Who shows this token, from `source`, the address that he calls from.
    package func authenticate(_ text: String, from source: String?) async throws(ControlPlaneError) -> Scope {
        let now = store.time
        guard let (token, isToBeNoted) = tokenBook.find(text, from: source, now: now) else { throw .unauthenticated("this token is not valid, or not from here") }
        if isToBeNoted {
            do { try await store.noteUse(ofToken: token.id, at: now, from: source) } catch { logger.error("a token's use could not be noted", metadata: ["error": "\(error)"]) }
        }
        return Scope(token)
    }

    /// Returns the token's text too: it is shown now, and never again. `tenant`: nil for one of the platform.
    package func createToken(_ scope: Scope, _ name: Name, of tenant: Name?, _ terms: TokenTerms) async throws(ControlPlaneError) -> (TokenRecord, text: String) {
        try requireDelegation(scope, tenant)
        try refuse(terms.problems(hasTenant: tenant != nil, now: store.time))
        guard let own = scope.terms, terms.isWithin(own) else { throw .forbidden("nobody can give a token that reaches further than his own: in verbs, VPSes, networks or time") }
        let text = TokenText.random()
        let token = try await tried { try await store.createToken(text.id, name, of: tenant, terms, hash: text.hash, by: scope.author) }
        tokenBook.add(token)
        // The tenant may have been deleted, or the token revoked, before it was in the book.
        guard try await tried({ try await store.isUsable(token: token.id) }) else {
            tokenBook.remove(token.id)
            throw .refused(.notFound(.token, token.id))
        }
        return (token, text.text)
    }

    /// The newest first. `tenant`: nil for all that there are.
    package func tokens(_ scope: Scope, of tenant: Name?) async throws(ControlPlaneError) -> [TokenRecord] {
        try requireDelegation(scope, tenant)
        return try await tried { try await store.tokens(of: tenant).filter { scope.reaches($0) } }
    }

    /// At once and for good. Revoked already is success.
    package func revokeToken(_ scope: Scope, of tenant: Name?, _ id: String) async throws(ControlPlaneError) {
        try requireDelegation(scope, tenant)
        guard try await tried({ try await store.tokens(of: tenant) }).contains(where: { $0.id == id && scope.reaches($0) }) else { throw .refused(.notFound(.token, id)) }
        let token = try await tried { try await store.revokeToken(id, of: tenant, by: scope.author) }
        tokenBook.remove(token.id)
    }

    private func refuse(_ problems: [TokenProblem]) throws(ControlPlaneError) {
        guard !problems.isEmpty else { return }
        let words = problems.map(\.description).joined(separator: "; ")
        if problems.allSatisfy({ $0 == .past }) { throw .refused(.wrongState(words)) }
        throw problems.contains { if case .senseless = $0 { true } else { false } } ? .invalid(words) : .forbidden(words)
    }

    private func requireDelegation(_ scope: Scope, _ tenant: Name?) throws(ControlPlaneError) {
        if let tenant { try scope.require(.delegate, of: tenant) } else { try scope.require(.administer) }
    }
}

extension Scope {
    /// Whether a token is one that he could have given: a wider one is as if it did not exist.
    fileprivate func reaches(_ token: TokenRecord) -> Bool { terms.map(token.terms.isWithin) ?? false }
}
