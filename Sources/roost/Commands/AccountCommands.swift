internal import APIClient
internal import APIModel
internal import ArgumentParser

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "One's own: who one is there, one's password and second factor.", subcommands: [Show.self, Password.self, EnableTOTP.self, DisableTOTP.self], defaultSubcommand: Show.self)

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows who one is for roostd, and what one may do.")
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let caller = try await connection.client().caller()
            try output.print(caller) { UserText.details(caller).text($0) }
        }
    }

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Changes one's own password; all other sessions end. The one until now and the new one are read from the standard input.")
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let client = try connection.client()
            try await client.changeAccount(asking: AccountChange(currentPassword: try Secret.read("Password until now"), password: try Secret.readNew("New password")))
            try Screen.print("password changed\n")
        }
    }

    struct EnableTOTP: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enable-totp", abstract: "From now on a code of an authenticator is needed to log in, too.",
            discussion: "The secret is shown for the authenticator (RFC 6238); the password, and the code that it then shows, are read from the standard input.")
        @Option(help: ArgumentHelp("A secret that the authenticator knows already (default: a new one).", valueName: "base32"))
        var secret: String?
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let client = try connection.client()
            let caller = try await client.caller()
            let shared = secret ?? TOTPText.newSecret()
            if secret == nil { try Screen.print(TOTPText.invitation(shared, for: caller)) }
            let password = try Secret.read("Password")
            try await client.changeAccount(asking: AccountChange(currentPassword: password, totp: .init(secret: shared, code: try Secret.read("Code"))))
            try Screen.print("second factor enabled\n")
        }
    }

    struct DisableTOTP: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "disable-totp", abstract: "From now on one's password, read from the standard input, is enough.")
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let client = try connection.client()
            try await client.changeAccount(asking: AccountChange(currentPassword: try Secret.read("Password"), removeTOTP: true))
            try Screen.print("second factor disabled\n")
        }
    }
}

extension RoostClient {
    /// Whoever has an authenticator is asked for its code, too.
    fileprivate func changeAccount(asking change: AccountChange) async throws {
        var change = change
        do { _ = try await changeAccount(change) } catch let problem as Problem where problem.code == .secondFactorRequired {
            change.code = try Secret.read("Code of the authenticator until now")
            _ = try await changeAccount(change)
        }
    }
}
