internal import ArgumentParser

struct Roost: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roost",
        abstract: "Administers the VPSes of a Roost installation.",
        discussion: discussion,
        subcommands: [
            ApplyCommand.self, TenantCommand.self, PlanCommand.self, TemplateCommand.self, VPSCommand.self, NodeCommand.self, AddressCommand.self, EventCommand.self, AuditCommand.self,
            OperationCommand.self, TokenCommand.self, UserCommand.self, WebhookCommand.self, AccountCommand.self, LoginCommand.self, LogoutCommand.self, DoctorCommand.self, VersionCommand.self,
        ])

    @OptionGroup var connection: ConnectionOptions

    static var discussion: String {
        let statuses = ExitStatus.allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n")
        return """
            Sizes are written with their unit: 256MiB, 2GiB (B, KiB, MiB, GiB, TiB; K, M, G and T mean the same). CPU is in cores: 0.5.
            Verbs that take long wait and show their progress, unless --no-wait is given.

            EXIT STATUS
            \(statuses)
            `roost vps exec` ends with the status of the command that it ran, or 128 and the number of the signal that ended it.

            ENVIRONMENT
              ROOST_SOCKET  roostd's socket, where --socket is not given
              ROOST_REMOTE  an installation that was logged in to, where neither is given
              NO_COLOR      no colours, if not empty
            """
    }
}
