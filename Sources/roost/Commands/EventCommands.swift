internal import APIClient
internal import APIModel
internal import ArgumentParser

struct EventCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "event", abstract: "What happened.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows the latest events.")
        @OptionGroup var latest: LatestOptions
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let events = try await connection.client().events(of: latest.tenant, limit: latest.limit)
            try output.print(events) { Self.table(events).text($0) }
        }

        static func table(_ events: [Event]) -> Table {
            Table(
                ["at", "actor", "kind", "subject", "detail"],
                events.map { [Table.Cell($0.at), Table.Cell($0.actor), Table.Cell($0.kind), Table.Cell($0.subject), Table.Cell($0.detail)] })
        }
    }
}
