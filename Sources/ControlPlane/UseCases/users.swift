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
        return try await tried { try await store.createUser(login, role, password: try await passwordDesk.hash(password.text), by: scope.author) }
    }

    /// Give a user another password, or take his second factor from him, who has lost the one that he had. With another password his sessions end.
    package func changeUser(_ scope: Scope, _ login: Login, password: Password?, removesTOTP: Bool) async throws(ControlPlaneError) -> UserRecord {
        try await requireUser(scope, login)
        return try await tried {
            let change = UserChange(password: try await hashed(password), totp: removesTOTP ? UserChange.TOTP.none : nil)
            forget(try await store.changeUser(login, change, by: scope.author))
            return try await known(login)
        }
    }

    /// His sessions end with him; tokens that he has given to programs stay.
    package func deleteUser(_ scope: Scope, _ login: Login) async throws(ControlPlaneError) {
        try await requireUser(scope, login)
        try await tried { forget(try await store.deleteUser(login, by: scope.author)) }
    }

    func hashed(_ password: Password?) async throws -> String? {
        guard let password else { return nil }
        return try await passwordDesk.hash(password.text)
    }

    func forget(_ sessions: [String]) { for id in sessions { tokenBook.remove(id) } }

    func known(_ login: Login) async throws -> UserRecord {
        guard let user = try await store.user(login) else { throw Refusal.notFound(.user, login.description) }
        return user
    }

    /// One who may do more than whoever asks is as if he did not exist: with his password one would be him.
    private func requireUser(_ scope: Scope, _ login: Login) async throws(ControlPlaneError) {
        try scope.requireDelegation(of: login.tenant)
        guard let user = try await tried({ try await store.user(login) }), scope.gives(user.terms) else { throw .refused(.notFound(.user, login.description)) }
    }
}

extension UserRecord {
    /// What a session of his may do.
    package var terms: TokenTerms { TokenTerms(role: role) }
}
