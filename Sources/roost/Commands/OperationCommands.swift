internal import APIClient
internal import APIModel
internal import ArgumentParser

struct OperationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "operation", abstract: "Long jobs.", subcommands: [List.self, Show.self, Wait.self, Cancel.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the latest operations.")
        @OptionGroup var latest: LatestOptions
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let operations = try await connection.client().operations(of: latest.tenant, limit: latest.limit)
            try output.print(operations) { OperationText.table(operations).text($0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one operation.")
        @Argument(help: "Its id.", transform: NameText.parse) var id: String
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let operation = try await connection.client().operation(id)
            try output.print(operation) { OperationText.details(operation).text($0) }
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives up a creation or a template's build that is under way; nothing is left of it.")
        @Argument(help: "Its id.", transform: NameText.parse) var id: String
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let operation = try await connection.client().cancelOperation(id)
            try output.print(operation) { OperationText.details(operation).text($0) }
        }
    }

    struct Wait: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Waits until an operation has ended.", discussion: "Ends as the verb that began the operation would have ended.")
        @Argument(help: "Its id.", transform: NameText.parse) var id: String
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let client = try connection.client()
            let operation = try await Waiting(client: client).end(of: client.operation(id, wait: Waiting.seconds))
            try output.print(operation) { OperationText.details(operation).text($0) }
        }
    }
}
