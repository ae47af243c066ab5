internal import ArgumentParser
internal import Release

@main
struct Roostd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roostd", abstract: "The control plane of Roost: tenants, quotas, plans, addresses and VPSes, over HTTP on a unix socket.",
        subcommands: [Serve.self, ForgetSecrets.self, Version.self], defaultSubcommand: Serve.self)
}

struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say which version this is.")

    func run() { print(Release.version) }
}
