internal import APIClient
internal import APIModel
internal import ArgumentParser

/// The options of verbs that take long: they wait for the end unless told otherwise.
struct LongVerbOptions: ParsableArguments {
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    @Flag(name: .customLong("no-wait"), help: "Do not wait for the end; print the operation's id.")
    var doesNotWait = false

    /// `begin` asks roostd for the operation, with the seconds that roostd may wait before it answers.
    func run(_ done: (Operation) -> String, _ begin: (RoostClient, Int?) async throws -> Operation) async throws {
        let client = try connection.client()
        let operation = try await begin(client, doesNotWait ? nil : Waiting.seconds)
        if doesNotWait { return try output.print(operation) { _ in Visible.text(operation.id) + "\n" } }
        let ended = try await Waiting(client: client).end(of: operation)
        try output.print(ended) { _ in done(ended) + "\n" }
    }
}
