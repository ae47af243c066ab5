internal import ControlPlane
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Store

extension WriteTerms {
    init(_ request: Request, of route: Route) throws {
        self.init()
        guard route.method != "GET" else { return }
        // A misspelt dry_run would be done.
        for (name, _) in request.uri.queryParameters where !route.query.contains(where: { $0.name == name }) { throw ControlPlaneError.invalid("unknown parameter; there are \(route.query.map(\.name).joined(separator: ", "))") }
        switch request.uri.queryParameters.get("dry_run") {
        case nil, "false": break
        case "true": isRehearsal = true
        default: throw ControlPlaneError.invalid("dry_run: true or false")
        }
        guard let text = request.headers[.ifMatch] else { return }
        guard route.isConditional else { throw ControlPlaneError.invalid("If-Match: what this is about has no ETag") }
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

    private init(_ text: Substring) throws {
        let form = /[ \t]*(\*|(W\/)?"([!\x23-\x7E]*)")[ \t]*/
        guard let parts = text.wholeMatch(of: form)?.output else { throw ControlPlaneError.invalid("If-Match, If-None-Match: ETags with commas between, or *") }
        isWeak = parts.2 != nil
        let own = parts.3?.wholeMatch(of: /([0-9a-f]{16})-([0-9a-f]{16})/)?.output
        state = parts.1 == "*" ? "*" : own.map { String($0.1) }
        digest = own.map { String($0.2) }
    }

    static func list(_ header: String) throws -> [EntityTag] { try header.split(separator: ",", omittingEmptySubsequences: false).map { try EntityTag($0) } }

    /// Of a header of them.
    static let pattern = #"^[ \t]*(\*|(W/)?"[!#-+\--~]*")[ \t]*(,[ \t]*(\*|(W/)?"[!#-+\--~]*")[ \t]*)*$"#

    var text: String { "\"\(state ?? "")-\(digest ?? "")\"" }
}
