internal import APIModel
internal import ControlPlane
package import Domain
internal import HTTPTypes
internal import Hummingbird
internal import Store

/// One route, with the rule of who may come.
package struct Route: Sendable {
    package enum Access: Sendable, Equatable, CustomStringConvertible {
        case anyone
        /// Whoever has said who he is; the use case looks at what it is about.
        case caller
        /// Those of the platform who may do this.
        case platform(Verb)
        /// Those of the platform who may do the second, and of a reseller who may do the first, about the tenants that it owns.
        case seller(Verb, platform: Verb)
        /// Those of the tenant that the path names who may do this, those of its reseller, and of the platform.
        case tenant(Verb)

        package var description: String {
            switch self {
            case .anyone: "anyone"
            case .caller: "caller"
            case .platform(let verb): "platform \(verb.rawValue)"
            case .seller(let verb, let platform): "platform \(platform.rawValue) or reseller \(verb.rawValue)"
            case .tenant(let verb): "tenant \(verb.rawValue)"
            }
        }
    }
    typealias Handler = @Sendable (ControlPlane, Request, APIContext) async throws -> Response

    /// What it answers if all went well.
    enum Success: Sendable {
        case found(Schema.Named)
        /// With an ETag.
        case resource(Schema.Named)
        case listing(Listing)
        case created(Schema.Named)
        case done
        /// 202 with an operation, or 200 if it ended while the caller waited.
        case operation
        /// Server-sent events, without end.
        case changes
        /// 101: from here on it is a WebSocket.
        case stream
    }

    package let method: String
    /// `:name` is a parameter.
    package let path: String
    package let access: Access
    /// As OpenAPI's operationId: what generated clients call it.
    package let id: String
    let handler: Handler
    let takes: Schema.Named?
    /// The body may be left out.
    let takesNothingToo: Bool
    private let ownQuery: [Schema.Field]
    let gives: Success
    /// It can be asked to be done only if what it is about is as it was: that is there already, and shows an ETag.
    let takesIfMatch: Bool
    /// It can be tried without being done (dry_run).
    let isRehearsable: Bool
    /// Why it may refuse, besides what follows from the rest.
    let refuses: [Problem.Code]
    let says: String

    init(
        _ method: String, _ path: String, _ access: Access, _ id: String, _ handler: @escaping Handler, takes: Schema.Named? = nil, takesNothingToo: Bool = false, query: [Schema.Field] = [],
        gives: Success, ifMatch: Bool = false, isRehearsable: Bool = true, refuses: [Problem.Code] = [], _ says: String
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.id = id
        self.handler = handler
        self.takes = takes
        self.takesNothingToo = takesNothingToo
        self.ownQuery = query
        self.gives = gives
        takesIfMatch = ifMatch
        self.isRehearsable = isRehearsable && method != "GET"
        self.refuses = refuses
        self.says = says
    }

    /// Its own parameters, and those that come with what it does.
    var query: [Schema.Field] {
        var query = ownQuery
        if case .listing(let listing) = gives { query += listing.query }
        if isRehearsable { query.append(.optional("dry_run", .boolean, "true: all of it but the node's part is tried, and nothing done; 204 says that it would have been.")) }
        return query
    }

    func answer(_ plane: ControlPlane, _ request: Request, _ context: APIContext) async throws -> Response {
        switch access {
        case .anyone: break
        case .caller: try context.scope.requireCaller()
        case .platform(let verb): try context.scope.require(verb)
        case .seller(let verb, let platform):
            try context.scope.requireCaller()
            try context.scope.require(verb, platform: platform, ofResold: try context.tenant())
        case .tenant(let verb):
            try context.scope.requireCaller()  // before anything that the path says is looked at
            try context.scope.require(verb, of: context.name("tenant"))
        }
        try request.uri.requireParameters(of: query)
        let terms = try WriteTerms(request, of: self, by: context.scope)
        do { return try await WriteTerms.$current.withValue(terms) { try await handler(plane, request, context) } } catch ControlPlaneError.rehearsed where terms.isRehearsal { return Answer.nothing }
    }

    var takesPassword: Bool { takes?.fields.contains { $0.name == "password" } ?? false }

    /// Whether `path` is one of this route's, whatever the method.
    func matches(_ path: String) -> Bool {
        let wanted = self.path.split(separator: "/")
        let given = path.split(separator: "/")
        return wanted.count == given.count && zip(wanted, given).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
    }
}
