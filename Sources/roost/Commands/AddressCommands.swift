internal import APIClient
internal import APIModel
internal import ArgumentParser

struct AddressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "address", abstract: "Addresses in use.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows which VPS has which address.")
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let leases = try await connection.client().addresses()
            try output.print(leases) { Self.table(leases).text($0) }
        }

        static func table(_ leases: [AddressLease]) -> Table {
            Table(
                ["address", "family", "vps", "since"],
                leases.map { lease in
                    [
                        Table.Cell("\(lease.address)/\(lease.prefixLength)"), Table.Cell(lease.family), Table.Cell("\(lease.tenant)/\(lease.vps)"),
                        Table.Cell(lease.leasedAt),
                    ]
                })
        }
    }
}
