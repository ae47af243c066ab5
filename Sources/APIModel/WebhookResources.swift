/// Where events are sent to.
package struct Webhook: Codable, Sendable, Equatable {
    package var name: String
    /// Of a tenant's webhook.
    package var tenant: String?
    package var url: String
    /// Only events of these kinds; empty: all.
    package var kinds: [String]
    /// enabled, failing, disabled
    package var state: String
    package var createdAt: String
    package var createdBy: String
    /// A status of HTTP, or why there was none.
    package var lastAnswer: String?
    package var lastAnswerAt: String?
    /// Of one that is failing: attempts since the last event that was taken.
    package var attempts: Int
    package var nextAttemptAt: String?
    package var disabledAt: String?
    package var disabledReason: String?

    package init(
        name: String, tenant: String?, url: String, kinds: [String], state: String, createdAt: String, createdBy: String, lastAnswer: String?, lastAnswerAt: String?, attempts: Int, nextAttemptAt: String?,
        disabledAt: String?, disabledReason: String?
    ) {
        self.name = name
        self.tenant = tenant
        self.url = url
        self.kinds = kinds
        self.state = state
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.lastAnswer = lastAnswer
        self.lastAnswerAt = lastAnswerAt
        self.attempts = attempts
        self.nextAttemptAt = nextAttemptAt
        self.disabledAt = disabledAt
        self.disabledReason = disabledReason
    }
}

package struct WebhookCreate: Codable, Sendable, Equatable {
    package var name: String
    package var url: String
    /// As `vps.created`, or `vps.` for all that begin so. Left out: all.
    package var kinds: [String]?

    package init(name: String, url: String, kinds: [String]? = nil) {
        self.name = name
        self.url = url
        self.kinds = kinds
    }
}

/// The answer to the making of a webhook, and the only place where its secret is ever seen.
package struct NewWebhook: Codable, Sendable, Equatable {
    package var webhook: Webhook
    package var secret: String

    package init(webhook: Webhook, secret: String) {
        self.webhook = webhook
        self.secret = secret
    }
}

/// What a webhook's receiver gets of an event (Standard Webhooks).
package struct EventMessage: Codable, Sendable, Equatable {
    /// The event's kind.
    package var type: String
    package var timestamp: String
    package var data: Event

    package init(_ event: Event) {
        type = event.kind
        timestamp = event.at
        data = event
    }
}
