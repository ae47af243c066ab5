internal import APIModel

enum WebhookText {
    static func table(_ webhooks: [Webhook]) -> Table {
        Table(
            ["name", "tenant", "url", "kinds", "state", "last answer"],
            webhooks.map { webhook in [Table.Cell(webhook.name), Table.Cell(webhook.tenant ?? "-"), Table.Cell(webhook.url), Table.Cell(kinds(webhook)), state(webhook), Table.Cell(webhook.lastAnswer ?? "-")] })
    }

    static func details(_ webhook: Webhook) -> Details {
        var lines: [(label: String, value: Table.Cell)] = [
            ("name", Table.Cell(webhook.name)), ("tenant", Table.Cell(webhook.tenant ?? "-")), ("url", Table.Cell(webhook.url)), ("kinds", Table.Cell(kinds(webhook))), ("state", state(webhook)),
            ("created", Table.Cell("\(webhook.createdAt) by \(webhook.createdBy)")), ("last answer", Table.Cell(webhook.lastAnswer.map { "\($0) at \(webhook.lastAnswerAt ?? "?")" } ?? "-")),
        ]
        if webhook.attempts > 0 { lines.append(("attempts", Table.Cell("\(webhook.attempts) failed\(webhook.nextAttemptAt.map { ", the next at \($0)" } ?? "")"))) }
        if let reason = webhook.disabledReason { lines.append(("disabled", Table.Cell("\(webhook.disabledAt ?? "?"): \(reason)"))) }
        return Details(lines)
    }

    private static func kinds(_ webhook: Webhook) -> String { webhook.kinds.isEmpty ? "all" : webhook.kinds.joined(separator: " ") }
    private static func state(_ webhook: Webhook) -> Table.Cell { Table.Cell(webhook.state, webhook.state == "enabled" ? nil : .attention) }
}
