internal import APIClient
internal import APIModel
internal import ArgumentParser

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "What tenants and other programs show to use the API over the network.", subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a token, and shows its secret this once.")
        @Argument(help: "Its name.", transform: NameText.parse) var name: String
        @Option(help: "admin or clerk, of the platform; owner, member or reader, of a tenant.")
        var role: String
        @Option(help: ArgumentHelp("The tenant that it is for.", valueName: "name"), transform: NameText.parse)
        var tenant: String?
        @Option(name: .customLong("verb"), help: ArgumentHelp("Only this: read, power, access, manage, delegate, sell; of the platform bill and administer too (can be repeated; default: all of the role's).", valueName: "verb"))
        var verbs: [String] = []
        @Option(name: .customLong("vps"), help: ArgumentHelp("Only for this VPS of the tenant's (can be repeated; default: all).", valueName: "name"), transform: NameText.parse)
        var vpses: [String] = []
        @Option(name: .customLong("from"), help: ArgumentHelp("Only from this network, such as 203.0.113.0/24 (can be repeated; default: anywhere).", valueName: "network"))
        var sources: [String] = []
        @Option(help: ArgumentHelp("When it ends, such as 2027-01-31T00:00:00Z (default: when it is revoked).", valueName: "time"))
        var expires: String?
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        var request: TokenCreate {
            TokenCreate(
                name: name, role: role, verbs: verbs.isEmpty ? nil : verbs, vps: vpses.isEmpty ? nil : vpses, sources: sources.isEmpty ? nil : sources, expiresAt: expires)
        }

        func run() async throws {
            let made = try await connection.client().createToken(of: tenant, request)
            try output.print(made) { _ in "\(Visible.text(made.secret))\n\nThis is token \(Visible.text(made.token.id)). Keep it: it is not shown again.\n" }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows all tokens, or a tenant's; the newest first.")
        @Option(help: ArgumentHelp("Only this tenant's.", valueName: "name"), transform: NameText.parse)
        var tenant: String?
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let tokens = try await connection.client().tokens(of: tenant)
            try output.print(tokens) { TokenText.table(tokens).text($0) }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends a token at once, for good.")
        @Argument(help: "Its id.", transform: NameText.parse) var id: String
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var confirmation: ConfirmationOptions

        func run() async throws {
            let client = try connection.client()
            try Confirmation.ask("Revoke token \(Visible.text(id))?", unless: confirmation.yes)
            try await client.revokeToken(id)
            try Screen.print("token \(Visible.text(id)) revoked\n")
        }
    }
}
