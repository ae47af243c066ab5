internal import APIClient
internal import APIModel
internal import ArgumentParser

/// Why something is suspended, as the API names it.
enum SuspensionReason: String, ExpressibleByArgument, CaseIterable { case billing, abuse, quota, admin, reseller }

struct SuspensionOptions: ParsableArguments {
    @Option(help: "Why. A clerk may say billing, a reseller reseller; the others are for admins.")
    var reason: SuspensionReason
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions
    @Flag(name: .customLong("no-wait"), help: "Do not wait until its VPSes have stopped, or run again (a reseller's tenants' are not waited for).")
    var doesNotWait = false
}

struct SuspensionDetail: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp("A line for the tenant to read; a reseller's tenants do not see it.", valueName: "text"))
    var detail: String?

    var body: SuspensionPut { SuspensionPut(detail: detail) }
}

extension TenantCommand {
    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shuts down all that is a tenant's, and its tenants'.", discussion: "What runs is asked to shut down. It runs again once every reason is lifted; what was stopped stays so. Nothing is lost.")
        @Argument(transform: NameText.parse) var name: String
        @OptionGroup var detail: SuspensionDetail
        @OptionGroup var options: SuspensionOptions

        func run() async throws {
            let client = try options.connection.client()
            let tenant = try await client.suspend(tenant: name, for: options.reason.rawValue, detail.body)
            if !options.doesNotWait { try await Settling.wait { try await client.vpses(of: name) } }
            try options.output.print(tenant) { _ in "tenant \(Visible.text(name)) suspended: \(Visible.text(SuspensionText.words(tenant.suspensions)))\n" }
        }
    }

    struct Unsuspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lifts one reason; once none is left, what ran before runs again.")
        @Argument(transform: NameText.parse) var name: String
        @OptionGroup var options: SuspensionOptions

        func run() async throws {
            let client = try options.connection.client()
            try await client.unsuspend(tenant: name, from: options.reason.rawValue)
            if !options.doesNotWait { try await Settling.wait { try await client.vpses(of: name) } }
            let tenant = try await client.tenant(name)
            try options.output.print(tenant) { _ in "tenant \(Visible.text(name)) " + left(tenant.suspensions) }
        }
    }
}

extension VPSCommand {
    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shuts down a VPS until every reason is lifted.")
        @Argument(help: ArgumentHelp(valueName: "tenant/name"), transform: NameText.parseVPS) var vps: VPSName
        @OptionGroup var detail: SuspensionDetail
        @OptionGroup var options: SuspensionOptions

        func run() async throws {
            let client = try options.connection.client()
            var found = try await client.suspend(vps, for: options.reason.rawValue, detail.body)
            if !options.doesNotWait { found = try await Settling.wait(for: vps, client) }
            try options.output.print(found) { _ in Visible.text("\(vps) suspended: \(SuspensionText.words(found.suspensions))") + "\n" }
        }
    }

    struct Unsuspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lifts one reason; once none is left, it runs if it ran before.")
        @Argument(help: ArgumentHelp(valueName: "tenant/name"), transform: NameText.parseVPS) var vps: VPSName
        @OptionGroup var options: SuspensionOptions

        func run() async throws {
            let client = try options.connection.client()
            try await client.unsuspend(vps, from: options.reason.rawValue)
            let found = options.doesNotWait ? try await client.vps(vps) : try await Settling.wait(for: vps, client)
            try options.output.print(found) { _ in Visible.text("\(vps) ") + left(found.suspensions) }
        }
    }
}

private func left(_ suspensions: [Suspension]) -> String {
    suspensions.isEmpty ? "is not suspended any more\n" : "is still suspended: \(Visible.text(SuspensionText.words(suspensions)))\n"
}
