/// Of events, those of which all that is said is so.
package struct EventFilter: Sendable, Equatable {
    package var subject: String?
    package var kind: String?
    package var actor: String?
    /// Only those with a smaller id.
    package var before: Int64?

    package init(subject: String? = nil, kind: String? = nil, actor: String? = nil, before: Int64? = nil) {
        self.subject = subject
        self.kind = kind
        self.actor = actor
        self.before = before
    }
}

/// Of operations, those of which all that is said is so.
package struct OperationFilter: Sendable, Equatable {
    package var subject: String?
    package var kind: String?
    package var status: OperationRecord.Status?
    /// Only those that began before the one with this id.
    package var before: String?

    package init(subject: String? = nil, kind: String? = nil, status: OperationRecord.Status? = nil, before: String? = nil) {
        self.subject = subject
        self.kind = kind
        self.status = status
        self.before = before
    }
}
