internal import ControlPlane

/// An ETag (RFC 9110, 8.8.3). Ours hold the state of what is shown, which If-Match is about, and the digest of how it is shown, which If-None-Match is about.
enum EntityTag: Equatable {
    /// "*"
    case any
    case own(state: String, digest: String, isWeak: Bool)
    /// Nothing of ours is like it.
    case foreign

    static func text(state: String, digest: String) -> String { "\"\(state)-\(digest)\"" }

    /// Nil: none that If-Match could go by (RFC 9110, 13.1.1).
    var strongState: String? { if case .own(let state, _, false) = self { state } else { nil } }

    /// Also a weak one (RFC 9110, 13.1.2).
    func isLike(state: String, digest: String) -> Bool {
        switch self {
        case .any: true
        case .own(state, digest, _): true
        case .own, .foreign: false
        }
    }

    private static let most = 32

    /// An empty one has none, which nothing is like. Byte by byte: a header can hold thousands.
    static func list(_ header: String) throws -> [EntityTag] {
        var rest = Substring(header).utf8[...]
        var tags: [EntityTag] = []
        func skipSpace() { rest = rest.drop { $0 == 32 || $0 == 9 } }
        skipSpace()
        if rest.isEmpty { return [] }
        while true {
            skipSpace()
            guard tags.count < most, let tag = next(&rest) else { throw ControlPlaneError.invalid("If-Match, If-None-Match: up to \(most) ETags with commas between, or *") }
            tags.append(tag)
            skipSpace()
            if rest.isEmpty { return tags }
            guard rest.removeFirst() == UInt8(ascii: ",") else { throw ControlPlaneError.invalid("If-Match, If-None-Match: ETags with commas between, or *") }
        }
    }

    /// Nil: there is none.
    private static func next(_ rest: inout Substring.UTF8View) -> EntityTag? {
        if rest.first == UInt8(ascii: "*") {
            rest = rest.dropFirst()
            return .any
        }
        let isWeak = rest.starts(with: "W/".utf8)
        if isWeak { rest = rest.dropFirst(2) }
        guard rest.first == UInt8(ascii: "\"") else { return nil }
        let content = rest.dropFirst().prefix { $0 == 0x21 || (0x23...0x7E).contains($0) }
        rest = rest.dropFirst(1 + content.count)
        guard rest.first == UInt8(ascii: "\"") else { return nil }
        rest = rest.dropFirst()
        let parts = Substring(content).split(separator: "-", omittingEmptySubsequences: false)
        let isOwn = parts.count == 2 && parts.allSatisfy { $0.utf8.count == 16 && $0.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) } }
        return isOwn ? .own(state: String(parts[0]), digest: String(parts[1]), isWeak: isWeak) : .foreign
    }

    /// Of a header of them.
    static let pattern = #"^[ \t]*$|^[ \t]*(\*|(W/)?"[!#-~]*")[ \t]*(,[ \t]*(\*|(W/)?"[!#-~]*")[ \t]*){0,31}$"#
}
