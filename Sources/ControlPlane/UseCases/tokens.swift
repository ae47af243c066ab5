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
        return Scope(token, resold: try await tried { [tenant = token.tenant] in if let tenant { try await store.resold(by: tenant) } else { nil } })
    }

    /// Returns the token's text too: it is shown now, and never again. `tenant`: nil for one of the platform.
    package func createToken(_ scope: Scope, _ name: Name, of tenant: Name?, _ terms: TokenTerms) async throws(ControlPlaneError) -> (TokenRecord, text: String) {
        try scope.requireDelegation(of: tenant)
        try refuse(terms.problems(hasTenant: tenant != nil, now: store.time))
        try scope.requireGiving(terms)
        let text = TokenText.random()
        let token = try await tried { try await store.createToken(text.id, name, of: tenant, terms, hash: text.hash, by: scope.author) }
        try await enter(token)
        return (token, text.text)
    }

    /// From now on it lets somebody in.
    func enter(_ token: TokenRecord) async throws(ControlPlaneError) {
        tokenBook.add(token)
        // The tenant may have been deleted, or the token revoked, before it was in the book.
        guard try await tried({ try await store.isUsable(token: token.id) }) else {
            tokenBook.remove(token.id)
            throw .refused(.notFound(.token, token.id))
        }
    }

    /// The newest first. `tenant`: nil for all that there are.
    package func tokens(_ scope: Scope, of tenant: Name?) async throws(ControlPlaneError) -> [TokenRecord] {
        try scope.requireDelegation(of: tenant)
        return try await tried { try await store.tokens(of: tenant).filter { scope.gives($0.terms) } }
    }

    /// At once and for good. Revoked already is success.
    package func revokeToken(_ scope: Scope, of tenant: Name?, _ id: String) async throws(ControlPlaneError) {
        try scope.requireDelegation(of: tenant)
        guard let shown = try await tried({ try await store.token(id) }), scope.gives(shown.terms) else { throw .refused(.notFound(.token, id)) }
        let token = try await tried { try await store.revokeToken(id, of: tenant, by: scope.author) }
        tokenBook.remove(token.id)
    }

    func refuse(_ problems: [TokenProblem]) throws(ControlPlaneError) {
        guard !problems.isEmpty else { return }
        let words = problems.map(\.description).joined(separator: "; ")
        if problems.allSatisfy({ $0 == .past }) { throw .refused(.wrongState(words)) }
        throw problems.contains { if case .senseless = $0 { true } else { false } } ? .invalid(words) : .forbidden(words)
    }
}
