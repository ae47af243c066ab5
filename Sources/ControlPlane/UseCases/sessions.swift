package import Domain
internal import Identity
internal import Logging
package import Store

/// How somebody proves who he is.
package struct Proof: Sendable {
    package var password: Password
    /// Of his authenticator. Nil: he has shown none.
    package var code: LoginCode?

    package init(password: Password, code: LoginCode? = nil) {
        self.password = password
        self.code = code
    }
}

extension ControlPlane {
    /// For how long a session is good, in milliseconds: a working day.
    package static let sessionLifetime: Int64 = 12 * 3_600_000

    /// A token for a user who proves who he is: it can do what he can, until it is ended or has expired. Its text is shown now, and never again.
    package func openSession(_ scope: Scope, _ login: Login, _ proof: Proof) async throws(ControlPlaneError) -> (TokenRecord, text: String) {
        let (user, step) = try await prove(login, proof, from: scope.author.source)
        let text = TokenText.random()
        let author = Author(actor: Scope.actor(user.login), source: scope.author.source, request: scope.author.request)
        let session: TokenRecord
        do {
            let (opened, ended) = try await store.openSession(text.id, of: user, hash: text.hash, step: step, until: store.time + Self.sessionLifetime, by: author)
            forget(ended)
            session = opened
        } catch Refusal.changed, Refusal.notFound {
            throw .invalidCredentials  // he was changed meanwhile, or the same code was shown twice
        } catch {
            throw .of(error)
        }
        try await enter(session)
        return (session, text.text)
    }

    /// The end of the token that was shown, be it a session or not.
    package func endSession(_ scope: Scope) async throws(ControlPlaneError) {
        try scope.requireCaller()
        guard let token = scope.token else { throw .refused(.wrongState("no token was shown: there is nothing to be ended")) }
        _ = try await tried { try await store.revokeToken(token, of: nil, by: scope.author) }
        tokenBook.remove(token)
    }

    /// Somebody's own password or second factor. `totp`: the secret, and a code that proves that the authenticator has it.
    package func changeAccount(_ scope: Scope, _ proof: Proof, password: Password?, totp: AccountTOTP?) async throws(ControlPlaneError) -> UserRecord {
        try scope.requireCaller()
        guard let login = scope.login else { throw .refused(.wrongState("only who has logged in with a password has one")) }
        let change = try await tried { UserChange(totp: try totp.map { try $0.change(at: store.time) }) }
        _ = try await prove(login, proof, from: scope.author.source, needsCode: false)
        return try await tried {
            var change = change
            change.password = try await hashed(password)
            forget(try await store.changeUser(login, change, keeping: scope.token, by: scope.author))
            return try await known(login)
        }
    }

    /// Throws `invalidCredentials`, after the same time, whatever is wrong. `step`: of the code that he showed.
    private func prove(_ login: Login, _ proof: Proof, from source: String?, needsCode: Bool = true) async throws(ControlPlaneError) -> (UserRecord, step: Int64?) {
        let network = ClientNetwork.of(source)
        try attemptBook.begin(login, from: network, at: store.time)
        let user = try await tried { try await store.user(login) }
        guard try await tried({ try await passwordDesk.matches(proof.password.text, user?.password) }), let user else { throw unproven(login, source) }
        var step: Int64?
        if needsCode, let secret = user.totpSecret.flatMap(TOTPSecret.init) {
            guard let code = proof.code else { throw .secondFactorRequired }
            step = secret.step(of: code.text, at: store.time, after: user.totpStep)
            if step == nil { throw unproven(login, source) }
        }
        attemptBook.succeed(login, from: network)
        return (user, step)
    }

    private func unproven(_ login: Login, _ source: String?) -> ControlPlaneError {
        logger.warning("a login was refused", metadata: ["user": "\(login)", "from": "\(source ?? "unknown")"])
        return .invalidCredentials
    }
}

/// What becomes of somebody's second factor.
package struct AccountTOTP: Sendable {
    /// Nil: none is wanted any more.
    private let wanted: (secret: TOTPSecret, code: LoginCode)?

    package static let unwanted = AccountTOTP(wanted: nil)

    /// `secret`: in Base32, known to an authenticator that shows `code` now.
    package init(secret: String, code: LoginCode) throws(ControlPlaneError) {
        guard let secret = TOTPSecret(secret) else { throw .invalid("totp.secret: \(TOTPSecret.length.lowerBound) to \(TOTPSecret.length.upperBound) digits of Base32 (A–Z, 2–7)") }
        self.init(wanted: (secret, code))
    }

    private init(wanted: (secret: TOTPSecret, code: LoginCode)?) { self.wanted = wanted }

    fileprivate func change(at now: Int64) throws(ControlPlaneError) -> UserChange.TOTP {
        guard let (secret, code) = wanted else { return .none }
        guard let step = secret.step(of: code.text, at: now, after: nil) else { throw .refused(.wrongState("the code is not this secret's now; look at the authenticator's clock and at this host's")) }
        return .secret(secret.text, step: step)
    }
}
