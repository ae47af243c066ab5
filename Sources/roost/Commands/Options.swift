internal import APIClient
internal import ArgumentParser
internal import FoundationEssentials

/// Where roostd is.
struct ConnectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("roostd's socket (default: $ROOST_SOCKET, else \(Endpoint.standard)).", valueName: "path"), transform: { try Endpoint($0) })
    var socket: Endpoint?

    func client() throws -> RoostClient {
        if let socket { return RoostClient(socket) }
        guard let text = ProcessInfo.processInfo.environment["ROOST_SOCKET"], !text.isEmpty else { return RoostClient(.standard) }
        do { return RoostClient(try Endpoint(text)) } catch { throw InvalidValue("ROOST_SOCKET: \(error)") }
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
