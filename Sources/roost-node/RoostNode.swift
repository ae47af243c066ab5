import ArgumentParser
import Foundation
import Kernel
import Logging
import NodeEngine
import NodeModel
import Release
import Settings

/// The node agent: makes the kernel match the VPS specifications that roostd gives it.
@main
struct RoostNode: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roost-node", abstract: "The node agent of Roost: makes and runs VPSes on this host, as roostd asks.",
        subcommands: [Run.self, Doctor.self, TearDown.self, Version.self], defaultSubcommand: Run.self)

    struct Options: ParsableArguments {
        @Option(help: "The configuration file (default: $ROOST_CONFIG, then \(Settings.defaultPath)).") var config: String?

        func settings() throws -> Settings { try Settings.load(path: config, environment: ProcessInfo.processInfo.environment) }
    }

    struct Run: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Serve roostd until told to stop. VPSes go on running.")
        @OptionGroup var options: Options

        func run() throws {
            ThisProcess.ignoreBrokenPipes()
            let settings = try options.settings()
            var log = Logger(label: "roost-node")
            log.logLevel = .info
            let engine = try Engine(try Host.prepare(settings.layout), log: log)
            let owner = try settings.nodeOwner()
            let listener = try NodeSocket.listen(at: settings.node.socket, owner: owner)
            engine.recover()
            log.info("ready", metadata: ["socket": "\(settings.node.socket)"])
            try NodeServer(engine, listener: listener, owner: owner).serve()
        }
    }

    struct Doctor: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say what this host has of what VPSes need. 1: something is missing.")

        func run() throws {
            let checks = Engine.hostChecks()
            for check in checks {
                print("\(check.status.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0))\(check.name.padding(toLength: 22, withPad: " ", startingAt: 0))\(check.found)")
                if check.status != .ok { print("        \(check.meaning). \(check.remedy)") }
            }
            if checks.contains(where: { $0.status == .missing }) { throw ExitCode(1) }
        }
    }

    struct TearDown: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "teardown", abstract: "Stop every VPS and take away everything that this node has on the host; the disks stay, unless --disks.")
        @OptionGroup var options: Options
        @Flag(help: "Remove the disks, the templates and the pool too.") var disks = false

        func run() throws { try Engine.tearDown(try options.settings().layout, disks: disks, log: Logger(label: "roost-node")) }
    }

    struct Version: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the version.")
        func run() { print("roost-node \(Release.version)") }
    }
}
