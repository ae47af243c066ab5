internal import ControlPlane
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Store

extension WriteTerms {
    init(_ request: Request, of route: Route, by scope: Scope) throws {
        self.init(token: scope.token)
        guard route.method != "GET" else { return }
        switch request.uri.queryParameters.get("dry_run") {
        case nil, "false": break
        case "true": isRehearsal = true
        default: throw ControlPlaneError.invalid("dry_run: true or false")
        }
        guard let text = request.headers[.ifMatch] else { return }
        guard route.takesIfMatch else { throw ControlPlaneError.invalid("If-Match: what this is about has no ETag") }
        let known = try EntityTag.list(text)
        if !known.contains(.any) { tags = Set(known.compactMap(\.strongState)) }
    }
}
