/// Finds ctrl-] among what was typed. A guest can make the terminal spell keys otherwise (kitty's keyboard protocol, xterm's modifyOtherKeys) and
/// would so lock its visitor in: those spellings count too.
enum DetachKey {
    private static let spellings: [[UInt8]] = [[0x1D], Array("\u{1B}[93;5u".utf8), Array("\u{1B}[27;5;93~".utf8)]

    /// What was typed before the key, and whether it was typed.
    static func split(_ typed: [UInt8]) -> (before: [UInt8], isPressed: Bool) {
        for start in typed.indices where spellings.contains(where: { typed[start...].starts(with: $0) }) { return (Array(typed[..<start]), true) }
        return (typed, false)
    }

    /// Takes back what a guest may have asked of the terminal: those spellings, mouse and focus reports, a hidden cursor, colours.
    static let undo = "\u{1B}[<u\u{1B}[>4m\u{1B}[?1000l\u{1B}[?1002l\u{1B}[?1003l\u{1B}[?1004l\u{1B}[?1006l\u{1B}[?2004l\u{1B}[?25h\u{1B}[0m"
}
