package struct Token: Codable, Sendable, Equatable {
    package var id: String
    package var name: String
    /// Of a tenant's token.
    package var tenant: String?
    package var role: String
    /// What it allows.
    package var verbs: [String]
    /// Only for these; nil: all of the tenant's.
    package var vps: [String]?
    /// Only from these networks; empty: anywhere.
    package var sources: [String]
    /// valid, expired, revoked
    package var state: String
    package var createdAt: String
    package var createdBy: String
    package var expiresAt: String?
    package var revokedAt: String?
    /// To the minute.
    package var lastUsedAt: String?
    package var lastUsedFrom: String?

    package init(
        id: String, name: String, tenant: String?, role: String, verbs: [String], vps: [String]?, sources: [String], state: String, createdAt: String, createdBy: String,
        expiresAt: String?, revokedAt: String?, lastUsedAt: String?, lastUsedFrom: String?
    ) {
        self.id = id
        self.name = name
        self.tenant = tenant
        self.role = role
        self.verbs = verbs
        self.vps = vps
        self.sources = sources
        self.state = state
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
        self.lastUsedFrom = lastUsedFrom
    }
}

/// The answer to the making of a token, and the only place where its secret is ever seen.
package struct NewToken: Codable, Sendable, Equatable {
    package var token: Token
    package var secret: String

    package init(token: Token, secret: String) {
        self.token = token
        self.secret = secret
    }
}

/// What opens one stream or session, once.
package struct Ticket: Codable, Sendable, Equatable {
    /// For a stream's address, `?ticket=…`, or for a sign-on.
    package var ticket: String
    package var expiresAt: String

    package init(ticket: String, expiresAt: String) {
        self.ticket = ticket
        self.expiresAt = expiresAt
    }
}

/// Who asks, and how far he may go.
package struct Caller: Codable, Sendable, Equatable {
    package var role: String
    package var tenant: String?
    /// Who has logged in; nil: it is a program.
    package var user: String?
    package var verbs: [String]
    /// Only these of the tenant's VPSes; nil: all.
    package var vps: [String]?

    package init(role: String, tenant: String?, user: String? = nil, verbs: [String], vps: [String]?) {
        self.role = role
        self.user = user
        self.tenant = tenant
        self.verbs = verbs
        self.vps = vps
    }
}
