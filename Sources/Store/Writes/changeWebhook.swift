package import Domain
internal import Foundation
internal import GRDB

extension Store {
    /// Of one tenant, or of the platform: each event is sent to each of them.
    package static let mostWebhooks = 8

    /// What happens from now on is sent there, its own creation first. `tenant`: nil for one of the platform, and all that happens.
    package func createWebhook(_ name: Name, of tenant: Name?, to url: WebhookURL, _ kinds: [EventChoice], secret: [UInt8], isPlatforms: Bool, by author: Author) async throws -> WebhookRecord {
        try await written { [now, seal] db, _ in
            let owner = try tenant.map { try TenantRecord.named($0, db) }
            let taken = try Bool.fetchOne(db, cached: "SELECT EXISTS (SELECT 1 FROM webhooks WHERE coalesce(tenant_id, 0) = ? AND name = ?)", arguments: [owner?.id ?? 0, name.text])
            if taken == true { throw Refusal.nameTaken(.webhook, name.text) }
            try Belongings.webhooks.requireRoom(owner, db)
            let id = Hexadecimal.randomID()
            try db.execute(
                cached: "INSERT INTO webhooks (id, name, tenant_id, url, secret, kinds, is_platforms, created_at, created_by, cursor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [id, name.text, owner?.id, url.text, try seal.close(secret).bytes, kinds.map(\.text).joined(separator: " "), isPlatforms, now(), author.actor, try EventRecord.newest(db)])
            let webhook = try WebhookRecord.named(name, of: tenant, db)
            try db.recordEvent("webhook.created", webhook.subject, by: author, at: now(), after: webhook)
            return (webhook, nil)
        }
    }

    /// One that was given up is sent all that it has not taken since. One that was not stays as it is.
    package func enableWebhook(_ name: Name, of tenant: Name?, by author: Author) async throws -> WebhookRecord {
        try await written { [now] db, _ in
            let webhook = try WebhookRecord.named(name, of: tenant, db)
            guard webhook.disabledAt != nil else { return (webhook, nil) }
            try db.execute(
                cached: "UPDATE webhooks SET disabled_at = NULL, disabled_reason = NULL, attempts = 0, failing_since = NULL, next_attempt_at = NULL WHERE id = ?", arguments: [webhook.id])
            let enabled = try WebhookRecord.named(name, of: tenant, db)
            try db.recordEvent("webhook.enabled", webhook.subject, by: author, at: now(), before: webhook, after: enabled)
            return (enabled, nil)
        }
    }

    package func deleteWebhook(_ name: Name, of tenant: Name?, by author: Author) async throws {
        try await committed { [now] db, _ in
            let webhook = try WebhookRecord.named(name, of: tenant, db)
            try db.delete(webhook, by: author, at: now())
        }
    }
}

extension Database {
    func delete(_ webhook: WebhookRecord, by author: Author, at now: Int64, _ why: String = "") throws {
        try execute(cached: "DELETE FROM webhooks WHERE id = ?", arguments: [webhook.id])
        try recordEvent("webhook.deleted", webhook.subject, by: author, at: now, why, before: webhook)
    }
}
