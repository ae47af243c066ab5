package import Domain
package import Store

extension ControlPlane {
    /// Who logs in with a password, as far as he could have made them; by name. `tenant`: nil for all that there are.
    package func users(_ scope: Scope, of tenant: Name?) async throws(ControlPlaneError) -> [UserRecord] {
        try scope.requireDelegation(of: tenant)
        return try await tried { try await store.users(of: tenant).filter { scope.gives($0.terms) } }
    }

    package func createUser(_ scope: Scope, _ login: Login, _ role: Role, _ password: Password) async throws(ControlPlaneError) -> UserRecord {
        try scope.requireDelegation(of: login.tenant)
        let terms = TokenTerms(role: role)
        try refuse(terms.problems(hasTenant: login.tenant != nil, now: store.time))
        try scope.requireGiving(terms)
        // Before the password is hashed, which is dear.
        if try await tried({ try await store.user(login) }) != nil { throw .refused(.nameTaken(.user, login.description)) }
        return try await tried { try await store.createUser(login, role, password: try await passwordDesk.hash(password.text, from: scope.network), by: scope.author) }
    }

    /// Give a user another password, or take his second factor from him, who has lost the one that he had. With another password his sessions end.
    package func changeUser(_ scope: Scope, _ login: Login, password: Password?, removesTOTP: Bool) async throws(ControlPlaneError) -> UserRecord {
        guard scope.login != login else { throw .refused(.wrongState("one's own needs the password until now: PATCH /v1/caller")) }
        let user = try await user(scope, login)
        return try await edit(user, UserEdit(password: try await hashed(scope, password), totp: removesTOTP ? .removed : nil), keeping: nil, scope)
    }

    /// His sessions end with him; tokens that he has given to programs stay.
    package func deleteUser(_ scope: Scope, _ login: Login) async throws(ControlPlaneError) {
        let user = try await user(scope, login)
        do { forget(try await store.deleteUser(user, by: scope.author)) } catch Refusal.changed { throw Self.overtaken } catch { throw .of(error) }
    }

    func edit(_ user: UserRecord, _ edit: UserEdit, keeping kept: String?, _ scope: Scope) async throws(ControlPlaneError) -> UserRecord {
        do {
            let (changed, ended) = try await store.changeUser(user, edit, keeping: kept, by: scope.author)
            forget(ended)
            return changed
        } catch Refusal.changed { throw Self.overtaken } catch { throw .of(error) }
    }

    func hashed(_ scope: Scope, _ password: Password?) async throws(ControlPlaneError) -> String? {
        guard let password else { return nil }
        return try await tried { try await passwordDesk.hash(password.text, from: scope.network) }
    }

    func forget(_ tokens: [String]) { for id in tokens { tokenBook.remove(id) } }

    /// One who may do more than whoever asks is as if he did not exist: with his password one would be him.
    private func user(_ scope: Scope, _ login: Login) async throws(ControlPlaneError) -> UserRecord {
        try scope.requireDelegation(of: login.tenant)
        guard let user = try await tried({ try await store.user(login) }), scope.gives(user.terms) else { throw .refused(.notFound(.user, login.description)) }
        return user
    }

    private static let overtaken = ControlPlaneError.refused(.wrongState("the user was changed meanwhile: look at him again"))
}

extension Scope {
    /// Nil: on this host.
    var network: String? { token == nil && reach == .platform ? nil : ClientNetwork.of(author.source) }
}

extension UserRecord {
    /// What a session of his may do.
    package var terms: TokenTerms { TokenTerms(role: role) }
}
