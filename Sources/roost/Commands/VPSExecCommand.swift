internal import APIClient
internal import ArgumentParser
internal import Kernel

extension VPSCommand {
    struct Exec: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Runs a command in a VPS, as its root.",
            usage: "roost vps exec <tenant/name> [--tty] [--no-tty] [--socket <path>] [--remote <name>] -- <command> ...",
            discussion: """
                Its input and both outputs are the command's, and so is the exit status: 128 and the signal's number where a signal ended it. \
                The statuses of this program itself (`roost --help`) appear where the command could not be run at all.
                """)
        @Argument(help: ArgumentHelp(valueName: "tenant/name"), transform: NameText.parseVPS) var vps: VPSName
        @Flag(inversion: .prefixedNo, help: "Give the command a terminal (default: if the input and the output are terminals).")
        var tty: Bool?
        @OptionGroup var connection: ConnectionOptions
        @Argument(parsing: .postTerminator, help: "The command and its arguments, after --.") var command: [String] = []

        func validate() throws {
            if command.isEmpty { throw ValidationError("no command: it follows after --, as in `roost vps exec acme/web1 -- uptime`") }
        }

        func run() async throws {
            let hasTerminal = tty ?? (Terminal.isTerminal(StandardStream.input) && Terminal.isTerminal(StandardStream.output))
            let end = try await connection.client().exec(command, in: vps, terminal: hasTerminal ? LocalTerminal.size : nil) { stream in
                let terminal = hasTerminal ? try LocalTerminal() : nil
                defer { terminal?.restore() }
                return try await Relay(stream: stream, terminal: terminal, detaches: false).run()
            }
            switch end {
            case .exit(let status): throw Ended(status: Self.visible(status))
            case .closed, .detached: throw Ended(status: ExitStatus.failed.rawValue, words: "the stream ended before the command did; it may still be running")
            }
        }

        /// A status of which the kernel would pass on only the zeros of its last byte is still a failure (wait(2)).
        static func visible(_ status: Int32) -> Int32 { (0...255).contains(status) ? status : ExitStatus.failed.rawValue }
    }
}
