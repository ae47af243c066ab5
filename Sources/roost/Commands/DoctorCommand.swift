internal import APIClient
internal import APIModel
internal import ArgumentParser

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Says what the host has of all that Roost needs, what is missing, and how to mend it.",
        discussion: "Ends with status 1 if anything is missing. Without roostd, `roost-node doctor` on the host says the same.")
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = try connection.client()
        let checks: [DoctorCheck]
        do { checks = try await client.doctor() } catch let cause as Unreachable { throw NoDoctor(cause: cause) }
        try output.print(checks) { DoctorText.report(checks, $0) }
        if checks.contains(where: { $0.status == "missing" }) { throw Ended(status: ExitStatus.failed.rawValue) }
    }
}

/// roostd could not be asked; its host can still be examined.
struct NoDoctor: Error {
    let cause: Unreachable
}
