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
    /// Only those that began after the one with this id, and these then the oldest first; empty: all.
    package var after: String?
    /// Nil: whosever they are.
    package var owned: Owned?

    package init(subject: String? = nil, kind: String? = nil, status: OperationRecord.Status? = nil, before: String? = nil, after: String? = nil, owned: Owned? = nil) {
        self.after = after
        self.owned = owned
        self.subject = subject
        self.kind = kind
        self.status = status
        self.before = before
    }
}

/// What is one tenant's: about itself and its VPSes, since they are there; whoever had the name before is somebody else.
package struct Owned: Sendable, Equatable {
    package var tenant: Name
    /// Only what is about these, and nothing about the tenant itself. Nil: about all.
    package var vpses: Set<Name>?
    /// Also what is about the tenant's tokens, users and webhooks.
    package var withAccounts: Bool

    package init(tenant: Name, vpses: Set<Name>? = nil, withAccounts: Bool = false) {
        self.tenant = tenant
        self.vpses = vpses
        self.withAccounts = withAccounts
    }

    /// Plans, templates, tokens of the platform, and a tenant's own tokens have subjects of the same form: only the kind tells them apart.
    func events(_ db: Database) throws -> (sql: String, arguments: StatementArguments) {
        let since = try TenantRecord.named(tenant, db).eventsAfter
        guard vpses == nil else {
            let made = "(SELECT max(e.id) FROM events e WHERE e.subject = events.subject AND e.kind = 'vps.created')"
            return ("id > ? AND subject IN (SELECT value FROM json_each(?)) AND kind GLOB 'vps.*' AND id >= \(made)", [since, subjects])
        }
        let kinds = "(" + ((withAccounts ? ["token", "user", "session", "webhook"] : []) + ["vps"]).map { "kind GLOB '\($0).*'" }.joined(separator: " OR ") + ")"
        return ("id > ? AND (subject = ? AND kind GLOB 'tenant.*' OR \(Self.below) AND \(kinds))", [since, tenant.text, "\(tenant)/", "\(tenant)0"])
    }

    func operations(_ db: Database) throws -> (sql: String, arguments: StatementArguments) {
        let since = try TenantRecord.named(tenant, db).operationsAfter
        if vpses != nil { return ("vps_id IS NOT NULL AND number > ? AND subject IN (SELECT value FROM json_each(?))", [since, subjects]) }
        return ("vps_id IS NOT NULL AND number > ? AND \(Self.below)", [since, "\(tenant)/", "\(tenant)0"])
    }

    /// All that begins with "tenant/", by the index: "0" is what follows "/" in ASCII.
    private static let below = "subject >= ? AND subject < ?"
    private var subjects: String { "[\((vpses ?? []).sorted().map { "\"\(tenant)/\($0)\"" }.joined(separator: ","))]" }
}

extension Store {
    /// SQL, with its arguments, for those conditions that have a value.
    static func condition(_ parts: [(sql: String, value: (any DatabaseValueConvertible)?)]) -> (String, StatementArguments) {
        let given = parts.filter { $0.value != nil }
        return ((["1"] + given.map(\.sql)).joined(separator: " AND "), StatementArguments(given.map(\.value)))
    }
}
