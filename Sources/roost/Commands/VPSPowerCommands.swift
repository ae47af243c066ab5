internal import APIClient
internal import APIModel
internal import ArgumentParser

extension VPSCommand {
    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Starts a VPS.")
        @Argument(help: ArgumentHelp(valueName: "tenant/name"), transform: NameText.parseVPS) var vps: VPSName
        @OptionGroup var options: LongVerbOptions

        func run() async throws {
            let vps = vps
            try await options.run({ "\(Visible.text($0.subject)) started" }) { client, wait in try await client.change(.start, of: vps, wait: wait) }
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Asks a VPS to shut down, and waits until it has.")
        @Argument(help: ArgumentHelp(valueName: "tenant/name"), transform: NameText.parseVPS) var vps: VPSName
        @Flag(help: "At once, as if the power were cut.") var force = false
        @OptionGroup var options: LongVerbOptions

        func run() async throws {
            let vps = vps
            let change = PowerChange(force: force ? true : nil)
            try await options.run({ "\(Visible.text($0.subject)) stopped" }) { client, wait in try await client.change(.stop, of: vps, change, wait: wait) }
        }
    }

    struct Restart: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stops a VPS and starts it again.")
        @Argument(help: ArgumentHelp(valueName: "tenant/name"), transform: NameText.parseVPS) var vps: VPSName
        @Flag(help: "Stop it at once, as if the power were cut.") var force = false
        @OptionGroup var options: LongVerbOptions

        func run() async throws {
            let vps = vps
            let change = PowerChange(force: force ? true : nil)
            try await options.run({ "\(Visible.text($0.subject)) restarted" }) { client, wait in try await client.change(.restart, of: vps, change, wait: wait) }
        }
    }
}
