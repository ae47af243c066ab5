internal import APIClient
internal import Kernel

/// The terminal in front of the user while a guest's program has it.
struct LocalTerminal: Sendable {
    private let raw: HeldTerminal?

    /// Raw from now on, if the input is a terminal at all.
    init() throws { raw = Terminal.isTerminal(StandardStream.input) ? try HeldTerminal(StandardStream.input, .raw) : nil }

    func restore() { raw?.restore() }

    /// Where no terminal knows its size: what terminals had before they had windows.
    static var size: TerminalSize {
        for descriptor in [StandardStream.output, StandardStream.input] {
            if let size = try? Terminal.size(of: descriptor), size.rows > 0, size.columns > 0 {  // no terminal: the next
                return TerminalSize(rows: size.rows, columns: size.columns)
            }
        }
        return TerminalSize(rows: 24, columns: 80)
    }
}
