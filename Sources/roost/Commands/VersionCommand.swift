internal import APIClient
internal import APIModel
internal import ArgumentParser
internal import Release

struct VersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Shows this program's version, and roostd's if it can be reached.")
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    struct Versions: Codable, Equatable {
        var client: Client
        /// Left out where roostd did not answer.
        var server: ServerVersion?

        struct Client: Codable, Equatable { var version: String }
    }

    func run() async throws {
        let client = try connection.client()
        var versions = Versions(client: .init(version: Release.version))
        var server: String
        do {
            let found = try await client.version()
            versions.server = found
            server = "roostd \(found.version) (API \(found.api)) at \(client.endpoint)"
        } catch let failure as Unreachable {
            server = "\(failure)"
        }
        server = Visible.text(server)
        try output.print(versions) { _ in "roost \(Release.version)\n\(server)\n" }
    }
}
