package import Domain
internal import Store

/// One stream of a VPS, as whoever asked for it.
struct StreamUse: Sendable {
    var scope: Scope
    var tenant: Name
    var vps: Name
    var kind: StreamKind
}

extension ControlPlane {
    /// For how long a ticket is good, in milliseconds.
    package static let ticketLifetime: Int64 = 30_000

    /// A ticket that opens one stream of a VPS, once, as whoever asks for it. It is shown now, and never again; `expiresAt` in milliseconds since 1970.
    package func issueTicket(_ scope: Scope, tenant: Name, name: Name, for kind: StreamKind) async throws(ControlPlaneError) -> (text: String, expiresAt: Int64) {
        try scope.require(.access, of: tenant, vps: name)
        _ = try await vps(scope, tenant: tenant, name: name)
        if WriteTerms.current.isRehearsal { throw .rehearsed }
        let expiresAt = store.time + Self.ticketLifetime
        guard let text = streamTickets.issue(StreamUse(scope: scope, tenant: tenant, vps: name, kind: kind), to: scope, until: expiresAt, at: store.time) else { throw Self.tooManyTickets }
        return (text, expiresAt)
    }

    static let tooManyTickets = ControlPlaneError.refused(.wrongState("too many tickets wait to be used; try again in a while"))

    /// Who shows this ticket for this stream. The token that it was asked for with must be good still.
    package func redeemTicket(_ text: String, from source: String?, tenant: Name, name: Name, for kind: StreamKind) throws(ControlPlaneError) -> Scope {
        guard let ticket = streamTickets.redeem(text, at: store.time), ticket.tenant == tenant, ticket.vps == name, ticket.kind == kind, tokenBook.knows(ticket.scope.token, at: store.time) else {
            throw .unauthenticated("this ticket is not valid (any more), or for something else")
        }
        return ticket.scope.asking(from: source, request: ticket.scope.author.request ?? "")
    }
}
