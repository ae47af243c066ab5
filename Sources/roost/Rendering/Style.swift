/// How text is dressed for the one who reads it.
struct Style: Equatable {
    var colour: Bool

    static let plain = Style(colour: false)

    enum Tone: String, Equatable {
        case good = "32"
        case attention = "33"
        case bad = "31"
        case heading = "1"
    }

    func dress(_ text: String, _ tone: Tone?) -> String {
        guard colour, let tone, !text.isEmpty else { return text }
        return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
    }

    /// Colour only on a terminal, and not where NO_COLOR is set and not empty (no-color.org), or the terminal can't.
    init(isTerminal: Bool, environment: [String: String]) {
        colour = isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }

    init(colour: Bool) { self.colour = colour }
}
