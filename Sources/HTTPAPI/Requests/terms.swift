internal import ControlPlane
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Store

extension WriteTerms {
    init(_ request: Request, of route: Route) throws {
        self.init()
        guard route.isRehearsable else { return }
        // A misspelt dry_run would be done.
        for (name, _) in request.uri.queryParameters where !route.query.contains(where: { $0.name == name }) { throw ControlPlaneError.invalid("unknown parameter; there are \(route.query.map(\.name).joined(separator: ", "))") }
        switch request.uri.queryParameters.get("dry_run") {
        case nil, "false": break
        case "true": isRehearsal = true
        default: throw ControlPlaneError.invalid("dry_run: true or false")
        }
        guard let text = request.headers[.ifMatch] else { return }
        guard route.takesIfMatch else { throw ControlPlaneError.invalid("If-Match: what this is about has no ETag") }
        tags = Set(try EntityTag.list(text).filter { !$0.isWeak }.compactMap(\.state))
    }
}

/// An ETag (RFC 9110, 8.8.3). Ours hold the state of what is shown, which If-Match is about, and the digest of how it is shown, which If-None-Match is about.
struct EntityTag: Equatable {
    /// "*": any. Nil: none of ours, which nothing is like.
    let state: String?
    let digest: String?
    let isWeak: Bool

    init(state: String, digest: String) {
        self.state = state
        self.digest = digest
        isWeak = false
    }

    private init(state: String?, digest: String?, isWeak: Bool) {
        self.state = state
        self.digest = digest
        self.isWeak = isWeak
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
            return EntityTag(state: "*", digest: nil, isWeak: false)
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
        return EntityTag(state: isOwn ? String(parts[0]) : nil, digest: isOwn ? String(parts[1]) : nil, isWeak: isWeak)
    }

    /// Of a header of them.
    static let pattern = #"^[ \t]*$|^[ \t]*(\*|(W/)?"[!#-~]*")[ \t]*(,[ \t]*(\*|(W/)?"[!#-~]*")[ \t]*){0,31}$"#

    var text: String { "\"\(state ?? "")-\(digest ?? "")\"" }
}
