internal import Kernel

/// Asks before something is destroyed; only a person at a terminal is asked.
enum Confirmation {
    static func ask(_ question: String, unless yes: Bool) throws {
        if yes || !Terminal.isTerminal(StandardStream.input) { return }
        try Screen.write("\(question) [y/N] ")
        let answer = try StandardStream.readLine() ?? ""
        guard ["y", "yes"].contains(answer.lowercased()) else { throw Ended(status: ExitStatus.failed.rawValue, words: "nothing was changed") }
    }
}
