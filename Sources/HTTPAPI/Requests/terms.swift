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
        tags = Set(try text.split(separator: ",").map { try EntityTag(String($0)).state })
    }
}

/// An ETag of ours: the state of what is shown, which If-Match is about, and the digest of how it is shown, which If-None-Match is about.
struct EntityTag: Equatable {
    let state: String
    let digest: String

    init(state: String, digest: String) {
        self.state = state
        self.digest = digest
    }

    /// `"0123456789abcdef-0123456789abcdef"`, or `*`.
    init(_ text: String) throws {
        let form = /[ \t]*(?:W\/)?(?:(\*)|"([0-9a-f]{16})-([0-9a-f]{16})")[ \t]*/
        guard let parts = text.wholeMatch(of: form)?.output else { throw ControlPlaneError.invalid("If-Match, If-None-Match: an ETag as it was given, or *") }
        state = parts.1.map(String.init) ?? parts.2.map(String.init) ?? ""
        digest = parts.3.map(String.init) ?? ""
    }

    var text: String { "\"\(state)-\(digest)\"" }
}
