/// What somebody has to say for himself, in one line that no terminal obeys and no log is broken by.
package struct Remark: Hashable, Sendable, CustomStringConvertible {
    /// In Unicode scalars.
    package static let longest = 200
    package let text: String

    package init(_ text: String) throws(RemarkProblem) {
        guard text.unicodeScalars.count <= Self.longest, text.unicodeScalars.allSatisfy(\.isOfALine) else { throw RemarkProblem() }
        self.text = text
    }

    package var description: String { text }
}

package struct RemarkProblem: Error, Equatable, Sendable, CustomStringConvertible {
    package var description: String { "a line of at most \(Remark.longest) characters, none of them for control" }
}

extension Unicode.Scalar {
    /// Not a control character, a line's or a paragraph's end, or a mark that turns the direction of text.
    package var isOfALine: Bool {
        switch value {
        case 0..<32, 127...0x9F, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
