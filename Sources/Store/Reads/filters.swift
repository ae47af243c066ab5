package import Domain
internal import GRDB

/// Conditions on events that must all hold.
package struct EventFilter: Sendable, Equatable {
    package var subject: String?
    package var kind: String?
    package var actor: String?
    /// Only those with a smaller id.
    package var before: Int64?
    /// Only those with a larger id, and these then the oldest first.
    package var after: Int64?
    /// Nil: whosever they are.
    package var owned: Owned?

    package init(subject: String? = nil, kind: String? = nil, actor: String? = nil, before: Int64? = nil, after: Int64? = nil, owned: Owned? = nil) {
        self.after = after
        self.owned = owned
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
    /// Nil: whosever they are.
    package var owned: Owned?

    package init(subject: String? = nil, kind: String? = nil, status: OperationRecord.Status? = nil, before: String? = nil, owned: Owned? = nil) {
        self.owned = owned
        self.subject = subject
        self.kind = kind
        self.status = status
        self.before = before
    }
}

/// What is one tenant's: about itself and its VPSes, since it is there; whoever had the name before is somebody else.
package struct Owned: Sendable, Equatable {
    package var tenant: Name
    /// Only what is about these. Nil: about all, and the tenant itself.
    package var vpses: Set<Name>?

    package init(tenant: Name, vpses: Set<Name>? = nil) {
        self.tenant = tenant
        self.vpses = vpses
    }

    /// `time`: the column that says when.
    func condition(_ time: String, _ db: Database) throws -> (sql: String, arguments: StatementArguments) {
        let since = try TenantRecord.named(tenant, db).createdAt
        guard let vpses else {
            // A name holds neither "/" nor "0"'s neighbour: so all that begins with "tenant/", by the index.
            return ("\(time) >= ? AND (subject = ? OR subject >= ? AND subject < ?)", [since, tenant.text, "\(tenant)/", "\(tenant)0"])
        }
        let subjects = vpses.sorted().map { "\(tenant)/\($0)" }
        return ("\(time) >= ? AND subject IN (SELECT value FROM json_each(?))", [since, "[\(subjects.map { "\"\($0)\"" }.joined(separator: ","))]"])
    }
}

extension Store {
    /// SQL, with its arguments, for those conditions that have a value.
    static func condition(_ parts: [(sql: String, value: (any DatabaseValueConvertible)?)]) -> (String, StatementArguments) {
        let given = parts.filter { $0.value != nil }
        return ((["1"] + given.map(\.sql)).joined(separator: " AND "), StatementArguments(given.map(\.value)))
    }
}
