/// What a user's authenticator shows.
package struct LoginCode: Sendable {
    package static let digits = 6
    package let text: String

    package init(_ text: String) throws(LoginCodeProblem) {
        guard text.utf8.count == Self.digits, text.utf8.allSatisfy({ (48...57).contains($0) }) else { throw LoginCodeProblem() }
        self.text = text
    }
}

package struct LoginCodeProblem: Error, Equatable, Sendable, CustomStringConvertible {
    package var description: String { "\(LoginCode.digits) digits" }
}
