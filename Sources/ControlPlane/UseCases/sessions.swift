package import Domain
internal import Identity
internal import Logging
package import Store

extension ControlPlane {
    /// For how long a session is good, in milliseconds: a working day.
    package static let sessionLifetime: Int64 = 12 * 3_600_000

    /// A token for a user who proves who he is: it can do what he can, until it is ended or has expired. Its text is shown now, and never again.
    package func openSession(_ scope: Scope, _ login: Login, _ proof: Proof) async throws(ControlPlaneError) -> (TokenRecord, text: String) {
        // Whoever shows some token, too, is a stranger here; one who shows none was counted already.
        if scope.token != nil { try await tried { try await admitStranger(from: scope.author.source) } }
        let (user, step) = try await prove(scope, login, proof)
        return try await enter(scope, as: user, step: step)
    }

    /// `step`: of the code that he showed. `vouchedBy`: who says that it is he, if he has not proved it himself.
    func enter(_ scope: Scope, as user: UserRecord, step: Int64?, vouchedBy voucher: String? = nil) async throws(ControlPlaneError) -> (TokenRecord, text: String) {
        let text = TokenText.random()
        let author = Author(actor: Scope.actor(user.login, vouchedBy: voucher), source: scope.author.source, request: scope.author.request)
        do {
            let (session, ended) = try await store.openSession(text.id, of: user, hash: text.hash, step: step, until: store.time + Self.sessionLifetime, by: author)
            forget(ended)
            try await enter(session)
            return (session, text.text)
        } catch Refusal.changed, Refusal.notFound, ControlPlaneError.refused(.notFound) {
            throw .invalidCredentials()  // he was changed meanwhile, or the same code was shown twice
        } catch {
            throw .of(error)
        }
    }

    /// The end of the token that was shown, be it a session or not.
    package func endSession(_ scope: Scope) async throws(ControlPlaneError) {
        try scope.requireCaller()
        guard let token = scope.token else { throw .refused(.wrongState("no token was shown: there is nothing to be ended")) }
        _ = try await tried { try await store.revokeToken(token, of: nil, by: scope.author) }
        tokenBook.remove(token)
    }

    /// Somebody's own password or second factor.
    package func changeAccount(_ scope: Scope, _ proof: Proof, password: Password?, totp: AccountTOTP?) async throws(ControlPlaneError) -> UserRecord {
        try scope.requireCaller()
        guard let login = scope.login else { throw .refused(.wrongState("only who has logged in with a password has one")) }
        let wanted = try await tried { try totp.map { try $0.change(at: store.time) } }
        let (user, step) = try await prove(scope, login, proof)
        return try await edit(user, UserEdit(password: try await hashed(scope, password), totp: wanted, step: step), keeping: scope.token, scope)
    }

    /// Throws `invalidCredentials`, after the same time, whatever is wrong. `step`: of the code that he showed.
    private func prove(_ scope: Scope, _ login: Login, _ proof: Proof) async throws(ControlPlaneError) -> (UserRecord, step: Int64?) {
        let network = ClientNetwork.of(scope.author.source)
        try attemptBook.begin(login, from: network, at: store.time)
        let user = try await tried { try await store.user(login) }
        do {
            guard try await passwordDesk.matches(proof.password.text, user?.password, from: scope.network), let user else { throw unproven(scope, login) }
            let step = try step(of: proof.code, user) { unproven(scope, login) }
            attemptBook.succeed(login, from: network)
            return (user, step)
        } catch ControlPlaneError.tooManyRequests(let allowance) {
            attemptBook.withdraw(login, from: network)
            throw .tooManyRequests(allowance)
        } catch {
            throw .of(error)
        }
    }

    /// Nil: he needs none.
    private func step(of code: LoginCode?, _ user: UserRecord, otherwise unproven: () -> ControlPlaneError) throws(ControlPlaneError) -> Int64? {
        guard let sealed = user.totpSecret else { return nil }
        guard let text = try? store.unseal(sealed), let secret = TOTPSecret(String(decoding: text, as: UTF8.self)) else {  // whichever it is, no code can prove him
            throw .failed("the second factor of \(user.login) does not unseal to a secret: its record was changed outside of roostd. Remove his second factor")
        }
        guard let code else { throw .secondFactorRequired }
        guard let step = secret.step(of: code, at: store.time, after: user.totpStep) else { throw unproven() }
        return step
    }

    private func unproven(_ scope: Scope, _ login: Login) -> ControlPlaneError {
        logger.warning("a login was refused", metadata: ["user": "\(login)", "from": "\(scope.author.source ?? "unknown")"])
        return .invalidCredentials()
    }
}
