/// Somebody answered, but not as roostd's API does: another program, or another version.
package struct UnexpectedAnswer: Error, Sendable, Equatable, CustomStringConvertible {
    package let endpoint: Endpoint
    /// The HTTP status; 0 where it did not come to one.
    package let status: Int
    package let words: String

    package init(_ endpoint: Endpoint, status: Int, _ words: String) {
        self.endpoint = endpoint
        self.status = status
        self.words = words
    }

    package var description: String {
        status == 0 ? "an answer from \(endpoint) that this program does not understand: \(words)" : "HTTP status \(status) from \(endpoint): \(words)"
    }
}
