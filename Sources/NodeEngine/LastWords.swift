/// What a guest's console said last, fit to be shown: a guest chooses these bytes.
enum LastWords {
    private static let longest = 200

    /// The last line with something in it, of what follows the first line of a warden's record. Control characters,
    /// escape sequences among them, are left out.
    static func line(ofRecord record: String) -> String? {
        let said = record.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first ?? ""
        let lines = said.split(whereSeparator: \.isNewline).map(plain).filter { !$0.isEmpty }
        return lines.last.map { String($0.suffix(longest)) }
    }

    private static func plain(_ line: Substring) -> String {
        var text = ""
        var isEscape = false
        for scalar in line.unicodeScalars {
            if scalar == "\u{1b}" { isEscape = true; continue }
            // An escape sequence ends with its first letter (ECMA-48).
            if isEscape { isEscape = !scalar.properties.isAlphabetic; continue }
            if scalar.value >= 32, scalar.value < 127 { text.unicodeScalars.append(scalar) }
        }
        return text.drop { $0 == " " }.description
    }
}
