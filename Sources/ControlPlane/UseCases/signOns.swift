package import Domain
internal import Identity
package import Store

/// Somebody's word for a user, as the user was then.
struct Voucher: Sendable {
    var user: UserRecord
    var by: Scope
}

extension ControlPlane {
    /// For how long it can be used, in milliseconds.
    package static let signOnLifetime: Int64 = 60_000

    /// A ticket to a session as a tenant's user, who needs no password then: whoever sells to the tenant vouches for him. The one before is worth nothing then. It is shown now, and never again; `expiresAt` in milliseconds since 1970.
    package func issueSignOn(_ scope: Scope, tenant: Name, user name: Name) async throws(ControlPlaneError) -> (text: String, expiresAt: Int64) {
        try scope.require(.sell, platform: .administer, ofResold: tenant)
        let login = Login(name, of: tenant)
        guard let user = try await tried({ try await store.user(login) }) else { throw .refused(.notFound(.user, login.description)) }
        try scope.requireGiving(user.terms)
        if WriteTerms.current.isRehearsal { throw .rehearsed }
        let expiresAt = store.time + Self.signOnLifetime
        guard let text = signOnTickets.issue(Voucher(user: user, by: scope), to: scope, insteadOf: { $0.user.login == login }, until: expiresAt, at: store.time) else { throw Self.tooManyTickets }
        return (text, expiresAt)
    }

    /// A session for whoever shows the ticket. The voucher's token must be good still, and the user as he was. Its text is shown now, and never again.
    package func redeemSignOn(_ scope: Scope, _ ticket: String) async throws(ControlPlaneError) -> (TokenRecord, text: String) {
        guard TokenText(ticket) != nil else { throw .invalid("ticket: roost_… as it was given") }
        guard let voucher = signOnTickets.redeem(ticket, at: store.time), tokenBook.knows(voucher.by.token, at: store.time) else {
            // Whoever tries one out is a stranger, whatever token he shows; one who shows none was counted already.
            if scope.token != nil { try await tried { try await admitStranger(from: scope.author.source) } }
            throw .invalidCredentials("this ticket is not valid (any more): ask whoever gave it for another")
        }
        return try await enter(scope, as: voucher.user, step: nil, vouchedBy: voucher.by.actor)
    }
}
