/// Who changes something, as the audit log has him.
package struct Author: Hashable, Sendable {
    package var actor: String
    /// From where: an address, or the process at the other end of the unix socket. Nil: from within.
    package var source: String?
    /// The request's id.
    package var request: String?

    package init(actor: String, source: String? = nil, request: String? = nil) {
        self.actor = actor
        self.source = source
        self.request = request
    }
}

/// What of the platform itself acts.
extension Author: ExpressibleByStringLiteral {
    package init(stringLiteral actor: String) { self.init(actor: actor) }
}
