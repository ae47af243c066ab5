/// Which events somebody wants to be told: those of a kind, `vps.created`, or of all kinds that begin so, with a dot at the end: `vps.`
package struct EventChoice: Hashable, Sendable, CustomStringConvertible {
    package static let longest = 64
    package let text: String

    package init(_ text: String) throws(EventChoiceProblem) {
        guard text.utf8.count <= Self.longest, text.wholeMatch(of: /[a-z]+\.(?:[a-z]+\.)*(?:[a-z]+)?/) != nil else { throw EventChoiceProblem() }
        self.text = text
    }

    package func includes(_ kind: String) -> Bool { text.hasSuffix(".") ? kind.hasPrefix(text) : kind == text }

    package var description: String { text }
}

package struct EventChoiceProblem: Error, Equatable, Sendable, CustomStringConvertible {
    package var description: String { "an event's kind, such as vps.created, or the beginning of several with a dot at its end, such as vps." }
}
