internal import APIClient
internal import APIModel
internal import ArgumentParser

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "The sizes in which VPSes are sold.", subcommands: [Create.self, List.self, Show.self, Delete.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a plan.")
        @Argument(help: "Its name.", transform: NameText.parse) var name: String
        @Option(parsing: .unconditional, help: ArgumentHelp("CPU, in cores.", valueName: "cores"), transform: CPUText.parse)
        var cpu: Int64
        @Option(parsing: .unconditional, help: ArgumentHelp("Memory.", valueName: "size"), transform: SizeText.parse)
        var memory: Int64
        @Option(parsing: .unconditional, help: ArgumentHelp("Disk.", valueName: "size"), transform: SizeText.parse)
        var disk: Int64
        @Option(parsing: .unconditional, help: ArgumentHelp("Swap beside the memory (default: none).", valueName: "size"), transform: SizeText.parseOrZero)
        var swap: Int64?
        @Option(parsing: .unconditional, help: ArgumentHelp("Processes and threads at once (default: roostd's).", valueName: "number"), transform: CountText.parseAboveZero)
        var processes: Int64?
        @Flag(help: "Containers may be run inside the VPS.")
        var nesting = false
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let request = PlanCreate(
                name: name, cpuMillicores: cpu, memoryBytes: memory, diskBytes: disk, swapBytes: swap, processes: processes, nesting: nesting ? true : nil)
            let plan = try await connection.client().createPlan(request)
            try output.print(plan) { _ in "plan \(Visible.text(plan.name)) created\n" }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows all plans.")
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let plans = try await connection.client().plans()
            try output.print(plans) { PlanText.table(plans).text($0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one plan.")
        @Argument(transform: NameText.parse) var name: String
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let plan = try await connection.client().plan(name)
            try output.print(plan) { PlanText.details(plan).text($0) }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Removes a plan that no VPS has.")
        @Argument(transform: NameText.parse) var name: String
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var confirmation: ConfirmationOptions

        func run() async throws {
            let client = try connection.client()
            try Confirmation.ask("Delete plan \(Visible.text(name))?", unless: confirmation.yes)
            try await client.deletePlan(name)
            try Screen.print("plan \(Visible.text(name)) deleted\n")
        }
    }
}
