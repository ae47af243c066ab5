internal import APIClient
internal import APIModel
internal import ArgumentParser
internal import Kernel

struct VPSCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vps", abstract: "Virtual private servers.",
        subcommands: [Create.self, List.self, Show.self, Set.self, Password.self, Delete.self, Start.self, Stop.self, Restart.self, Suspend.self, Unsuspend.self, Exec.self, Console.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Makes a VPS and starts it.")
        @Argument(help: ArgumentHelp("Its tenant and its name.", valueName: "tenant/name"), transform: NameText.parseVPS) var vps: VPSName
        @Option(help: "Its size.", transform: NameText.parse) var plan: String
        @Option(help: "Its operating system.", transform: NameText.parse) var template: String
        @Option(help: ArgumentHelp("A file of public keys that may log in as root by SSH. Can be given several times.", valueName: "file"))
        var sshKey: [String] = []
        @Flag(name: .customLong("no-start"), help: "Make it, but do not start it.")
        var staysStopped = false
        @OptionGroup var options: LongVerbOptions

        func run() async throws {
            let request = VPSCreate(
                name: vps.name, plan: plan, template: template, sshKeys: try sshKey.isEmpty ? nil : sshKey.flatMap(keys), start: staysStopped ? false : nil)
            let tenant = vps.tenant
            try await options.run({ VPSText.created($0) }) { client, wait in try await client.createVPS(of: tenant, request, wait: wait) }
        }

        private func keys(inFile path: String) throws -> [String] {
            let text: String
            do { text = try HostFile.readText(path) } catch { throw InvalidValue("--ssh-key: \(error)") }
            return try SSHKeyFile.keys(in: text, called: path)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows all VPSes: a tenant's own, or those of all tenants.")
        @Option(help: "Only this tenant's.", transform: NameText.parse) var tenant: String?
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let client = try connection.client()
            let list = if let tenant { try await client.vpses(of: tenant) } else { try await client.vpses() }
            try output.print(list) { VPSText.table(list).text($0) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows one VPS.")
        @Argument(help: ArgumentHelp(valueName: "tenant/name"), transform: NameText.parseVPS) var vps: VPSName
        @OptionGroup var connection: ConnectionOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let found = try await connection.client().vps(vps)
            try output.print(found) { VPSText.details(found).text($0) }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives a VPS another plan's sizes. What grows, grows while it runs.")
        @Argument(help: ArgumentHelp(valueName: "tenant/name"), transform: NameText.parseVPS) var vps: VPSName
        @Option(help: "With a disk of the same size.", transform: NameText.parse) var plan: String
        @OptionGroup var options: LongVerbOptions

        func run() async throws {
            let (vps, change) = (vps, VPSChange(plan: plan))
            try await options.run({ "\(Visible.text($0.subject)) has the plan \(Visible.text(change.plan))" }) { client, wait in try await client.changeVPS(vps, change, wait: wait) }
        }
    }

    struct Password: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "password", abstract: "Sets the password of a running guest's root, for its console; read from the standard input.")
        @Argument(help: ArgumentHelp(valueName: "tenant/name"), transform: NameText.parseVPS) var vps: VPSName
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let client = try connection.client()
            try await client.setRootPassword(of: vps, try Secret.read("Password"))
            try Screen.print("the password of root in \(Visible.text("\(vps)")) is set\n")
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stops a VPS and destroys it with its disk.")
        @Argument(help: ArgumentHelp(valueName: "tenant/name"), transform: NameText.parseVPS) var vps: VPSName
        @OptionGroup var confirmation: ConfirmationOptions
        @OptionGroup var options: LongVerbOptions

        func run() async throws {
            let vps = vps
            try Confirmation.ask("Delete \(Visible.text("\(vps)")) and all that is on its disk?", unless: confirmation.yes)
            try await options.run({ "\(Visible.text($0.subject)) deleted" }) { client, wait in try await client.deleteVPS(vps, wait: wait) }
        }
    }
}
