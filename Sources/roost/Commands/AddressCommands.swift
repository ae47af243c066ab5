internal import APIClient
internal import APIModel
internal import ArgumentParser

struct AddressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "address", abstract: "Addresses in use.", subcommands: [List.self, History.self])

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows who had an address, the newest first.")
        @Argument(help: "IPv4, or any of an IPv6 prefix.") var address: String
        @Option(help: ArgumentHelp("Only who had it then, as 2027-01-31T00:00:00Z.", valueName: "time")) var at: String?
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let holdings = try await connection.client().holdings(of: address, at: at)
            try output.print(holdings) { Self.table(holdings).text($0) }
        }

        static func table(_ holdings: [AddressHolding]) -> Table {
            Table(
                ["address", "vps", "id", "from", "until"],
                holdings.map { [Table.Cell("\($0.address)/\($0.prefixLength)"), Table.Cell("\($0.tenant)/\($0.vps)"), Table.Cell($0.vpsID), Table.Cell($0.leasedAt), Table.Cell($0.releasedAt ?? "now")] })
        }
    }

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
