internal import APIClient
internal import APIModel
internal import ArgumentParser

struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "Where events are sent to as they happen (Standard Webhooks).", subcommands: [Create.self, List.self, Show.self, Enable.self, Delete.self])

    /// Which it is.
    struct Target: ParsableArguments {
        @Argument(help: "Its name.", transform: NameText.parse) var name: String
        @Option(help: ArgumentHelp("The tenant that it is of (default: none, it is of the platform).", valueName: "name"), transform: NameText.parse)
        var tenant: String?

        var words: String { Visible.text(tenant.map { "\($0)/\(name)" } ?? name) }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a webhook, and shows the secret that its messages are signed with this once.")
        @OptionGroup var target: Target
        @Option(help: "Where to, such as https://panel.example/roost.")
        var url: String
        @Option(name: .customLong("kind"), help: ArgumentHelp("Only events of this kind: vps.created, or vps. for all that begin so (can be repeated; default: all).", valueName: "kind"))
        var kinds: [String] = []
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let made = try await connection.client().createWebhook(of: target.tenant, WebhookCreate(name: target.name, url: url, kinds: kinds.isEmpty ? nil : kinds))
            try output.print(made) { _ in "\(Visible.text(made.secret))\n\nMessages of webhook \(target.words) are signed with this. Keep it: it is not shown again.\n" }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows all webhooks, or a tenant's.")
        @Option(help: ArgumentHelp("Only this tenant's.", valueName: "name"), transform: NameText.parse)
        var tenant: String?
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let webhooks = try await connection.client().webhooks(of: tenant)
            try output.print(webhooks) { WebhookText.table(webhooks).text($0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one webhook, and what was last answered there.")
        @OptionGroup var target: Target
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let webhook = try await connection.client().webhook(of: target.tenant, target.name)
            try output.print(webhook) { WebhookText.details(webhook).text($0) }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tries a webhook again that was given up, from where it stopped.")
        @OptionGroup var target: Target
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let webhook = try await connection.client().enableWebhook(of: target.tenant, target.name)
            try output.print(webhook) { _ in "webhook \(target.words) enabled\n" }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a webhook at once.")
        @OptionGroup var target: Target
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var confirmation: ConfirmationOptions

        func run() async throws {
            let client = try connection.client()
            try Confirmation.ask("Delete webhook \(target.words)?", unless: confirmation.yes)
            try await client.deleteWebhook(of: target.tenant, target.name)
            try Screen.print("webhook \(target.words) deleted\n")
        }
    }
}
