package import Domain
internal import GRDB

/// What came of sending events to a webhook. One that is gone meanwhile stays so. None of it is an event itself: it would be sent, too.
extension Store {
    package func noteDelivery(of event: Int64, to webhook: String, answer: String) async throws {
        try await pool.write { [now] db in
            try db.execute(
                cached: "UPDATE webhooks SET cursor = ?, attempts = 0, failing_since = NULL, next_attempt_at = NULL, last_answer = ?, last_answer_at = ? WHERE id = ?", arguments: [event, answer, now(), webhook])
        }
    }

    /// Up to this event there was nothing that it wants.
    package func noteNothing(upTo event: Int64, for webhook: String) async throws {
        try await pool.write { db in try db.execute(cached: "UPDATE webhooks SET cursor = max(cursor, ?) WHERE id = ?", arguments: [event, webhook]) }
    }

    package func noteFailure(of webhook: String, answer: String, nextAttemptAt: Int64) async throws {
        try await pool.write { [now] db in try db.noteFailure(of: webhook, answer, at: now(), next: nextAttemptAt) }
    }

    /// After one failure too many: from now on nothing is sent there.
    package func disableWebhook(_ id: String, answer: String, _ reason: String, by author: Author) async throws {
        try await pool.write { [now] db in
            guard let webhook = try WebhookRecord.find(id, db), webhook.disabledAt == nil else { return }
            try db.noteFailure(of: id, answer, at: now(), next: nil)
            try db.execute(cached: "UPDATE webhooks SET disabled_at = ?, disabled_reason = ? WHERE id = ?", arguments: [now(), reason, id])
            try db.recordEvent("webhook.disabled", webhook.subject, by: author, at: now(), reason, before: webhook, after: try WebhookRecord.find(id, db))
        }
    }
}

extension Database {
    fileprivate func noteFailure(of webhook: String, _ answer: String, at now: Int64, next: Int64?) throws {
        try execute(
            cached: "UPDATE webhooks SET attempts = attempts + 1, failing_since = coalesce(failing_since, ?1), next_attempt_at = ?2, last_answer = ?3, last_answer_at = ?1 WHERE id = ?4",
            arguments: [now, next, answer, webhook])
    }
}
