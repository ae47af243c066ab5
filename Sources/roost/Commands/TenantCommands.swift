internal import APIClient
internal import APIModel
internal import ArgumentParser

struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant", abstract: "Customers and their quotas.", subcommands: [Create.self, List.self, Show.self, Set.self, Suspend.self, Unsuspend.self, Delete.self])

    struct QuotaOptions: ParsableArguments {
        @Option(parsing: .unconditional, help: ArgumentHelp("How many VPSes.", valueName: "number"), transform: CountText.parse)
        var vps: Int64?
        @Option(parsing: .unconditional, help: ArgumentHelp("CPU of all of them, in cores.", valueName: "cores"), transform: CPUText.parse)
        var cpu: Int64?
        @Option(parsing: .unconditional, help: ArgumentHelp("Memory of all of them.", valueName: "size"), transform: SizeText.parse)
        var memory: Int64?
        @Option(parsing: .unconditional, help: ArgumentHelp("Disk of all of them.", valueName: "size"), transform: SizeText.parse)
        var disk: Int64?
        @Option(parsing: .unconditional, help: ArgumentHelp("How many IPv4 addresses.", valueName: "number"), transform: CountText.parse)
        var addresses: Int64?
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a tenant.", discussion: "A ceiling that is not given is zero: nothing of it may be had until `roost tenant set` raises it.")
        @Argument(help: "Its name.", transform: NameText.parse) var name: String
        @OptionGroup var quota: QuotaOptions
        @Flag(help: "It may own tenants itself, whose use counts against its quota, too.")
        var reseller = false
        @Option(name: .customLong("of"), help: ArgumentHelp("The reseller whose customer it is to be (default: none, it is the platform's).", valueName: "tenant"), transform: NameText.parse)
        var owner: String?
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let ceilings = Quota(
                vps: quota.vps ?? 0, cpuMillicores: quota.cpu ?? 0, memoryBytes: quota.memory ?? 0, diskBytes: quota.disk ?? 0, addresses: quota.addresses ?? 0)
            let tenant = try await connection.client().createTenant(TenantCreate(name: name, quota: ceilings, reseller: owner, isReseller: reseller ? true : nil))
            try output.print(tenant) { _ in "tenant \(Visible.text(tenant.name)) created\n" }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows all tenants, or a reseller's, what they use and may use.")
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let tenants = try await connection.client().tenants()
            try output.print(tenants) { TenantText.table(tenants).text($0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one tenant.")
        @Argument(transform: NameText.parse) var name: String
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let tenant = try await connection.client().tenant(name)
            try output.print(tenant) { TenantText.details(tenant, $0) }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Changes a tenant's quota, or whether it is a reseller; what is not given stays.")
        @Argument(transform: NameText.parse) var name: String
        @OptionGroup var quota: QuotaOptions
        @Flag(inversion: .prefixedNo, help: "It may own tenants itself, or not any more.")
        var reseller: Bool?
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        var change: TenantChange {
            TenantChange(vps: quota.vps, cpuMillicores: quota.cpu, memoryBytes: quota.memory, diskBytes: quota.disk, addresses: quota.addresses, isReseller: reseller)
        }

        func validate() throws {
            if change == TenantChange() { throw ValidationError("nothing to change: give at least one of --vps, --cpu, --memory, --disk, --addresses, --reseller, --no-reseller") }
        }

        func run() async throws {
            let tenant = try await connection.client().changeTenant(name, change)
            try output.print(tenant) { TenantText.details(tenant, $0) }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Removes a tenant that has no VPS any more, and owns no tenant.")
        @Argument(transform: NameText.parse) var name: String
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var confirmation: ConfirmationOptions

        func run() async throws {
            let client = try connection.client()
            try Confirmation.ask("Delete tenant \(Visible.text(name))?", unless: confirmation.yes)
            try await client.deleteTenant(name)
            try Screen.print("tenant \(Visible.text(name)) deleted\n")
        }
    }
}
