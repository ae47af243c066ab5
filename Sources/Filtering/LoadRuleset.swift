internal import Kernel

extension BaseRuleset {
    package static let program = "/usr/sbin/nft"

    /// Loads it in one transaction, into the calling thread's network namespace. Again is success, and changes no element.
    package func load() throws(FilteringError) {
        var output: [String] = []
        let exit: Exit
        do { exit = try Program.run(Self.program, ["-f", "-"], input: Array(text.utf8)) { output.append($0) } } catch { throw .programMissing(error) }
        guard exit.isSuccess else { throw .rulesetRefused(table: table.text, exit: exit, output: output) }
    }
}
