internal import APIClient
internal import APIModel
internal import ArgumentParser
internal import Kernel

struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply", abstract: "Makes plans, tenants and VPSes what a file says.",
        discussion: """
            The file is YAML:

              plans:
                small: {cpu: 0.5, memory: 256MiB, disk: 2GiB}      # also swap, processes, nesting
              tenants:
                acme:                                              # also externalID; reseller: true, or of: its reseller
                  quota: {vps: 10, cpu: 8, memory: 16GiB, disk: 200GiB, addresses: 10}
                  vps:
                    web1: {plan: small, template: debian-12, sshKeys: ["ssh-ed25519 AAAA… me"], state: running}

            What the file does not name stays as it is; SSH keys are those of a VPS that is made. Applied again, it changes nothing.
            """)
    @Option(name: .shortAndLong, help: ArgumentHelp("The file; - is the standard input.", valueName: "file")) var file: String
    @Flag(name: .customLong("dry-run"), help: "Show what would change, and change nothing.") var isRehearsal = false
    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        let hosting = try HostingFile(yaml: try text(), called: Visible.text(file))
        let client = try connection.client()
        let plan = try HostingPlan(hosting, templates: Set(try await client.templates().map(\.name)), plans: try await client.plans(), tenants: try await client.tenants(), vpses: try await client.vpses())
        for step in plan.steps {
            try Screen.print(HostingText.line(step, Screen.outputStyle) + "\n")
            if !isRehearsal { try await Self.take(step, client) }
        }
        try Screen.write(HostingText.unnamed(plan.unnamed))
        if plan.steps.isEmpty { try Screen.print("nothing to change\n") }
    }

    private func text() throws -> String {
        do { return try HostFile.readText(file == "-" ? "/dev/stdin" : file) } catch { throw InvalidValue("--file: \(error)") }
    }

    private static func take(_ step: HostingPlan.Step, _ client: RoostClient) async throws {
        let waiting = Waiting(client: client)
        switch step {
        case .createPlan(let plan): _ = try await client.createPlan(plan)
        case .createTenant(let tenant): _ = try await client.createTenant(tenant)
        case .changeQuota(let tenant, _, let to):
            _ = try await client.changeTenant(tenant, TenantChange(vps: to.vps, cpuMillicores: to.cpuMillicores, memoryBytes: to.memoryBytes, diskBytes: to.diskBytes, addresses: to.addresses))
        case .createVPS(let name, let vps): _ = try await waiting.end(of: try await client.createVPS(of: name.tenant, vps, wait: Waiting.seconds))
        case .changePlan(let name, _, let to): _ = try await waiting.end(of: try await client.changeVPS(name, VPSChange(plan: to), wait: Waiting.seconds))
        case .power(let name, let power): _ = try await waiting.end(of: try await client.change(power, of: name, wait: Waiting.seconds))
        }
    }
}
