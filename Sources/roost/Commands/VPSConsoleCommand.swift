internal import APIClient
internal import ArgumentParser
internal import Kernel

extension VPSCommand {
    struct Console: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Attaches to a VPS's console. Ctrl-] detaches.", discussion: "What the console said so far is shown first.")
        @Argument(help: ArgumentHelp(valueName: "tenant/name"), transform: NameText.parseVPS) var vps: VPSName
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let name = Visible.text("\(vps)")
            let isShown = Terminal.isTerminal(StandardStream.output)
            let end = try await connection.client().console(of: vps) { stream in
                try Screen.write("roost: attached to the console of \(name); ctrl-] detaches\n")
                let terminal = try LocalTerminal()
                defer {
                    if isShown { try? Screen.print(DetachKey.undo) }  // the terminal's reader may have gone
                    terminal.restore()
                }
                if isShown { try await stream.send(.resize(rows: LocalTerminal.size.rows, columns: LocalTerminal.size.columns)) }
                return try await Relay(stream: stream, terminal: terminal, detaches: true).run()
            }
            switch end {
            case .detached: try Screen.write("\nroost: detached from \(name)\n")
            case .exit, .closed: try Screen.write("\nroost: the console of \(name) was closed: nobody types any more, it has stopped, or somebody else was attached\n")
            }
        }
    }
}
