internal import APIClient
internal import ArgumentParser
internal import FoundationEssentials

/// Where roostd is.
struct ConnectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("roostd's socket (default: $ROOST_SOCKET, else \(Endpoint.standard)).", valueName: "path"), transform: { try Endpoint($0) })
    var socket: Endpoint?

    @Option(help: ArgumentHelp("An installation that was logged in to (default: $ROOST_REMOTE, else the last one).", valueName: "name"))
    var remote: String?

    /// What is said on the command line comes before the environment, and that before what was logged in to.
    func client() throws -> RoostClient {
        if let socket { return RoostClient(socket) }
        let environment = ProcessInfo.processInfo.environment
        if let remote { return try Remotes.load(environment).client(remote) }
        if let text = environment["ROOST_SOCKET"], !text.isEmpty {
            do { return RoostClient(try Endpoint(text)) } catch { throw InvalidValue("ROOST_SOCKET: \(error)") }
        }
        if let name = environment["ROOST_REMOTE"], !name.isEmpty { return try Remotes.load(environment).client(name) }
        guard Remotes.hasPlace(environment) else { return RoostClient(.standard) }
        let remotes = try Remotes.load(environment)
        guard let name = remotes.standard else { return RoostClient(.standard) }
        return try remotes.client(name)
    }
}

enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case table, json }

struct OutputOptions: ParsableArguments {
    @Option(help: "What to print: a table for people, or the API's JSON for programs.")
    var output: OutputFormat = .table

    /// The value as the API has it, or as `text` tells it to people.
    func print(_ value: some Encodable, orElse text: (Style) -> String) throws {
        switch output {
        case .table: try Screen.print(text(Screen.outputStyle))
        case .json: try Screen.print(try JSONText.text(value))
        }
    }
}

struct ConfirmationOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Do not ask. (Only at a terminal is anybody asked.)")
    var yes = false
}
