internal import APIClient
internal import APIModel
internal import ArgumentParser

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "People, who log in over the network with a password (`roost login --user`).", subcommands: [Create.self, List.self, Password.self, Delete.self])

    /// Whom it is about.
    struct Person: ParsableArguments {
        @Argument(help: "His name.", transform: NameText.parse) var name: String
        @Option(help: ArgumentHelp("The tenant that he is of (default: none, he is of the platform).", valueName: "name"), transform: NameText.parse)
        var tenant: String?

        var login: String { Visible.text(tenant.map { "\($0)/\(name)" } ?? name) }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a user; his password is read from the standard input.")
        @OptionGroup var person: Person
        @Option(help: "admin or clerk, of the platform; owner, member or reader, of a tenant.")
        var role: String
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let client = try connection.client()
            let user = try await client.createUser(of: person.tenant, UserCreate(name: person.name, role: role, password: try Secret.readNew("Password")))
            try output.print(user) { _ in "user \(person.login) created: `roost login https://… --user \(person.login)`\n" }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows all users, or a tenant's.")
        @Option(help: ArgumentHelp("Only this tenant's.", valueName: "name"), transform: NameText.parse)
        var tenant: String?
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let users = try await connection.client().users(of: tenant)
            try output.print(users) { UserText.table(users).text($0) }
        }
    }

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives a user another password, read from the standard input; his sessions end.")
        @OptionGroup var person: Person
        @Flag(help: "Also forget his authenticator, which he has lost.")
        var removeTOTP = false
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let client = try connection.client()
            _ = try await client.changeUser(of: person.tenant, person.name, UserChange(password: try Secret.readNew("Password"), removeTOTP: removeTOTP ? true : nil))
            try Screen.print("user \(person.login) has another password\(removeTOTP ? ", and no second factor" : "")\n")
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Deletes a user and ends his sessions. Tokens that he made for programs stay.")
        @OptionGroup var person: Person
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var confirmation: ConfirmationOptions

        func run() async throws {
            let client = try connection.client()
            try Confirmation.ask("Delete user \(person.login)?", unless: confirmation.yes)
            try await client.deleteUser(of: person.tenant, person.name)
            try Screen.print("user \(person.login) deleted\n")
        }
    }
}
