internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import Store

extension Route {
    static let listWebhooks: Handler = { plane, request, context in
        try await Answer.listing(.webhooks, request) { try await plane.webhooks(context.scope, of: try context.tenant()).map(Webhook.init) }
    }

    static let createWebhook: Handler = { plane, request, context in
        let body = try await request.decode(WebhookCreate.self)
        let kinds = try (body.kinds ?? []).map { text in try said("kinds") { try EventChoice(text) } }
        let (webhook, secret) = try await plane.createWebhook(context.scope, try name(body.name), of: try context.tenant(), to: try said("url") { try WebhookURL(body.url) }, kinds)
        return try Answer.secret(NewWebhook(webhook: Webhook(webhook), secret: secret))
    }

    static let showWebhook: Handler = { plane, _, context in
        try Answer.json(Webhook(try await plane.webhook(context.scope, try context.name("webhook"), of: try context.tenant())))
    }

    static let enableWebhook: Handler = { plane, _, context in
        try Answer.json(Webhook(try await plane.enableWebhook(context.scope, try context.name("webhook"), of: try context.tenant())))
    }

    static let deleteWebhook: Handler = { plane, _, context in
        try await plane.deleteWebhook(context.scope, try context.name("webhook"), of: try context.tenant())
        return Answer.nothing
    }
}

extension Webhook {
    init(_ record: WebhookRecord) {
        self.init(
            name: record.name, tenant: record.tenant?.text, url: record.url.text, kinds: record.kinds.map(\.text), state: record.disabledAt != nil ? "disabled" : record.attempts > 0 ? "failing" : "enabled",
            createdAt: timestamp(milliseconds: record.createdAt), createdBy: record.createdBy, lastAnswer: record.lastAnswer, lastAnswerAt: record.lastAnswerAt.map(timestamp(milliseconds:)),
            attempts: record.attempts, nextAttemptAt: record.nextAttemptAt.map(timestamp(milliseconds:)), disabledAt: record.disabledAt.map(timestamp(milliseconds:)), disabledReason: record.disabledReason)
    }
}
