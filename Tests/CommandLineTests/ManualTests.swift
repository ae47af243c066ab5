import FoundationEssentials
import Testing

@testable import roost

@Suite("What is installed beside the program", .timeLimit(.minutes(5))) struct ManualTests {
    private static let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test("the manual has every command and every option") func manual() async throws {
        let dump = try await RoostProgram.run(["--experimental-dump-help"], socket: "/none")
        let page = try await RoostProgram.run(["-rf", Self.source.appending(path: "deploy/manual.jq").path], of: "/usr/bin/jq", socket: "/none", input: Array(dump.output.utf8))
        #expect(page.status == 0 && page.errors.isEmpty && page.output.hasPrefix(".TH ROOST 1"), "\(page.errors)")
        for words in [".SS roost vps create\n", ".SS roost apply\n", ".SS roost audit verify\n", "\\fB\\-\\-ssh\\-key <file>\\fR\n", "\\fB\\-\\-yes, \\-y\\fR\n", "roost vps exec\\fR <tenant/name>"] { #expect(page.output.contains(words), "\(words)") }
        for command in ["tenant", "plan", "template", "vps", "node", "address", "event", "audit", "operation", "token", "webhook", "login", "logout", "doctor", "version"] { #expect(page.output.contains(".SS roost \(command)\n"), "\(command)") }
        // A line that begins with a dot is an order to the formatter: only ours.
        let orders = Set(page.output.split(separator: "\n").filter { $0.hasPrefix(".") }.map { $0.prefix { $0 != " " } })
        #expect(orders.isSubset(of: [".TH", ".SH", ".SS", ".PP", ".TP", ".nf", ".fi"]), "\(orders)")
    }

    @Test("completions are made for each shell", arguments: ["bash", "zsh", "fish"]) func completions(shell: String) async throws {
        let script = try await RoostProgram.run(["--generate-completion-script", shell], socket: "/none")
        #expect(script.status == 0 && script.output.contains("suspend") && script.output.contains("roost"))
    }
}
