internal import APIClient
internal import APIModel
internal import ArgumentParser

struct NodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "node", abstract: "The hosts that VPSes run on.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows all nodes, what is sold of them and what may be sold.")
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let nodes = try await connection.client().nodes()
            try output.print(nodes) { NodeText.table(nodes).text($0) }
        }
    }
}
