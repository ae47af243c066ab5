/// The name of a tenant, plan, template or VPS: a DNS label in lower case (RFC 1123), so that it can be a hostname as it is.
package struct Name: Hashable, Sendable, Comparable, CustomStringConvertible {
    package static let longest = 63
    package let text: String

    package init(_ text: String) throws(NameProblem) {
        if let problem = NameProblem.of(text) { throw problem }
        self.text = text
    }

    package var description: String { text }
    package static func < (left: Name, right: Name) -> Bool { left.text < right.text }
}

/// What is wrong with a name. The name itself is not repeated: it may hold anything.
package enum NameProblem: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    case tooLong(bytes: Int)
    /// Counted from 1, in Unicode scalars.
    case character(scalar: UInt32, position: Int)
    case hyphenAtEdge

    package var description: String {
        let rule = "a name is 1 to 63 of a–z, 0–9 and -, without - at its ends"
        return switch self {
        case .empty: "the name is empty; \(rule)"
        case .tooLong(let bytes): "the name is \(bytes) bytes long; \(rule)"
        case .character(let scalar, let position): "character \(position) of the name is U+\(Self.hexadecimal(scalar)); \(rule)"
        case .hyphenAtEdge: "the name begins or ends with -; \(rule)"
        }
    }

    static func of(_ text: String) -> NameProblem? {
        if text.isEmpty { return .empty }
        if text.utf8.count > Name.longest { return .tooLong(bytes: text.utf8.count) }
        if let (index, scalar) = text.unicodeScalars.enumerated().first(where: { !isAllowed($0.element) }) { return .character(scalar: scalar.value, position: index + 1) }
        return text.utf8.first == hyphen || text.utf8.last == hyphen ? .hyphenAtEdge : nil
    }

    private static let hyphen = UInt8(ascii: "-")

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return false }
        return switch UInt8(ascii: scalar) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), hyphen: true
        default: false
        }
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
