/// What somebody's own books call a tenant or a VPS: such as "whmcs:17". 1 to 128 letters, digits and . _ : @ -, a letter or digit first.
package struct ExternalID: Hashable, Sendable, CustomStringConvertible {
    package static let longest = 128
    package let text: String

    package init(_ text: String) throws(ExternalIDProblem) {
        let isPlain = { (byte: UInt8) in byte < 128 && (Unicode.Scalar(byte).properties.isAlphabetic || (48...57).contains(byte)) }
        guard (1...Self.longest).contains(text.utf8.count), text.utf8.first.map(isPlain) == true, text.utf8.allSatisfy({ isPlain($0) || Self.marks.contains($0) }) else { throw ExternalIDProblem() }
        self.text = text
    }

    private static let marks = Set("._:@-".utf8)

    package var description: String { text }
}

package struct ExternalIDProblem: Error, Equatable, Sendable, CustomStringConvertible {
    package var description: String { "1 to \(ExternalID.longest) letters, digits and . _ : @ -, a letter or digit first" }
}
