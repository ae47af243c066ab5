package import Domain
internal import Foundation
package import GRDB

/// Where events are sent to.
package struct WebhookRecord: Sendable, Equatable {
    package var id: String
    package var name: String
    /// Nil: the platform's.
    package var tenant: Name?
    /// Whose customer the tenant is. Nil: the platform's own.
    package var reseller: Name?
    package var url: WebhookURL
    package var secret: Sealed
    /// Empty: all events.
    package var kinds: [EventChoice]
    /// The platform asked for it, be it for a tenant.
    package var isPlatforms: Bool
    package var createdAt: Int64
    package var createdBy: String
    /// The last event that was taken, or that nobody wanted.
    package var cursor: Int64
    /// Failed ones, since the last event that was taken.
    package var attempts: Int
    package var failingSince: Int64?
    package var nextAttemptAt: Int64?
    /// A status of HTTP, or why there was none.
    package var lastAnswer: String?
    package var lastAnswerAt: Int64?
    package var disabledAt: Int64?
    package var disabledReason: String?

    package var subject: String { tenant.map { "\($0)/\(name)" } ?? name }

    package func wants(_ event: EventRecord) -> Bool { kinds.isEmpty || kinds.contains { $0.includes(event.kind) } }
}

extension WebhookRecord: FetchableRecord {
    static let selection = "SELECT w.*, t.name AS tenant, r.name AS reseller FROM webhooks w LEFT JOIN tenants t ON t.id = w.tenant_id LEFT JOIN tenants r ON r.id = t.reseller_id"

    package init(row: Row) throws {
        id = row["id"]
        name = row["name"]
        tenant = try (row["tenant"] as String?).map { try Name($0) }
        reseller = try (row["reseller"] as String?).map { try Name($0) }
        url = try WebhookURL(row["url"])
        secret = Sealed(bytes: row["secret"])
        kinds = try (row["kinds"] as String).split(separator: " ").map { try EventChoice(String($0)) }
        isPlatforms = row["is_platforms"]
        createdAt = row["created_at"]
        createdBy = row["created_by"]
        cursor = row["cursor"]
        attempts = row["attempts"]
        failingSince = row["failing_since"]
        nextAttemptAt = row["next_attempt_at"]
        lastAnswer = row["last_answer"]
        lastAnswerAt = row["last_answer_at"]
        disabledAt = row["disabled_at"]
        disabledReason = row["disabled_reason"]
    }
}
