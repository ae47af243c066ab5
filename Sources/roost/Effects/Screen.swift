internal import FoundationEssentials
internal import Kernel

/// The terminal, if there is one, and the plain outputs otherwise. Writes block: nothing else goes on in this process while it speaks.
enum Screen {
    static var outputStyle: Style {
        Style(isTerminal: Terminal.isTerminal(StandardStream.output), environment: ProcessInfo.processInfo.environment)
    }

    /// Nil where errors do not go to a terminal.
    static var errorWidth: Int? {
        guard Terminal.isTerminal(StandardStream.errors) else { return nil }
        guard let size = try? Terminal.size(of: StandardStream.errors), size.columns > 0 else { return 80 }  // a terminal that does not know
        return Int(size.columns)
    }

    static func print(_ text: String) throws { try StandardStream.write(Array(text.utf8), to: StandardStream.output) }

    static func write(_ text: String?) throws {
        if let text { try StandardStream.write(Array(text.utf8), to: StandardStream.errors) }
    }
}
