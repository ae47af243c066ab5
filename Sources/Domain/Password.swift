/// A password, for a guest's root or for a user: never kept, never said.
package struct Password: Sendable {
    /// In characters of printable ASCII, which every keyboard and every console has.
    package static let length = 8...128
    package let text: String

    package init(_ text: String) throws(PasswordProblem) {
        guard Self.length.contains(text.utf8.count), text.utf8.allSatisfy({ (32...126).contains($0) }) else { throw PasswordProblem() }
        self.text = text
    }
}

package struct PasswordProblem: Error, Equatable, Sendable, CustomStringConvertible {
    package var description: String { "\(Password.length.lowerBound) to \(Password.length.upperBound) printable ASCII characters" }
}
