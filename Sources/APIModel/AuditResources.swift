package struct Event: Codable, Sendable, Equatable {
    package var id: Int64
    package var at: String
    /// admin, a token, or what of the platform itself acted: node, reconciler
    package var actor: String
    /// The address that he called from, or his process; nil: from within.
    package var source: String?
    /// As its answer had it in X-Request-Id.
    package var request: String?
    /// tenant.created, vps.created, vps.started, vps.stopped …
    package var kind: String
    package var subject: String
    package var detail: String
    /// What was otherwise before, and what is so now.
    package var before: [String: String]?
    package var after: [String: String]?
    /// SHA-256 over this and all before it, in hexadecimal; nil: written by an older release.
    package var hash: String?

    package init(
        id: Int64, at: String, actor: String, source: String? = nil, request: String? = nil, kind: String, subject: String, detail: String, before: [String: String]? = nil, after: [String: String]? = nil,
        hash: String? = nil
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.source = source
        self.request = request
        self.before = before
        self.after = after
        self.hash = hash
        self.kind = kind
        self.subject = subject
        self.detail = detail
    }
}

/// What the audit log's own arithmetic says of it.
package struct EventVerdict: Codable, Sendable, Equatable {
    package var isWhole: Bool
    package var events: Int64
    /// Of the newest event, in hexadecimal: to be noted elsewhere.
    package var head: String
    /// The first event that is not what it was.
    package var brokenAt: Int64?

    package init(isWhole: Bool, events: Int64, head: String, brokenAt: Int64?) {
        self.isWhole = isWhole
        self.events = events
        self.head = head
        self.brokenAt = brokenAt
    }
}
