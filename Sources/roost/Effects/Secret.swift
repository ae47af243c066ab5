internal import Kernel

/// A line that nobody shall see: read from the standard input, and at a terminal not shown while it is typed.
enum Secret {
    static func read(_ what: String) throws -> String {
        let isTyped = Terminal.isTerminal(StandardStream.input)
        if isTyped { try Screen.write("\(what): ") }
        let terminal = isTyped ? try HeldTerminal(StandardStream.input, .silent) : nil
        defer { terminal?.restore() }
        guard let line = try StandardStream.readLine(), !line.isEmpty else { throw InvalidValue("no \(what.lowercased()) was given") }
        return line
    }

    /// Whoever types it types it twice.
    static func readNew(_ what: String) throws -> String {
        let secret = try read(what)
        guard Terminal.isTerminal(StandardStream.input) else { return secret }
        guard try read("\(what) again") == secret else { throw InvalidValue("those are two different ones") }
        return secret
    }
}
