internal import GRDB

/// Conditions on events that must all hold.
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

/// Conditions on operations that must all hold.
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

extension Store {
    /// SQL, with its arguments, for those conditions that have a value.
    static func condition(_ parts: [(sql: String, value: (any DatabaseValueConvertible)?)]) -> (String, StatementArguments) {
        let given = parts.filter { $0.value != nil }
        return ((["1"] + given.map(\.sql)).joined(separator: " AND "), StatementArguments(given.map(\.value)))
    }
}
