internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes
internal import Hummingbird

extension Route {
    static let listTokens: Handler = { plane, request, context in try await list(plane, nil, request, context) }
    static let createToken: Handler = { plane, request, context in try await create(plane, nil, request, context) }
    static let revokeToken: Handler = { plane, _, context in try await revoke(plane, nil, context) }
    static let listTokensOfTenant: Handler = { plane, request, context in try await list(plane, try context.name("tenant"), request, context) }
    static let createTokenOfTenant: Handler = { plane, request, context in try await create(plane, try context.name("tenant"), request, context) }
    static let revokeTokenOfTenant: Handler = { plane, _, context in try await revoke(plane, try context.name("tenant"), context) }

    private static func list(_ plane: ControlPlane, _ tenant: Name?, _ request: Request, _ context: APIContext) async throws -> Response {
        try await Answer.listing(.tokens, request) { try await plane.tokens(context.scope, of: tenant).map(Token.init) }
    }

    private static func create(_ plane: ControlPlane, _ tenant: Name?, _ request: Request, _ context: APIContext) async throws -> Response {
        let body = try await request.decode(TokenCreate.self, as: tenant == nil ? .platformTokenCreate : .tokenCreate)
        let (token, text) = try await plane.createToken(context.scope, try name(body.name), of: tenant, try TokenTerms(body))
        var response = try Answer.json(NewToken(token: Token(token), secret: text), .created)
        response.headers[.cacheControl] = "no-store"  // nor with a receipt
        return response
    }

    private static func revoke(_ plane: ControlPlane, _ tenant: Name?, _ context: APIContext) async throws -> Response {
        try await plane.revokeToken(context.scope, of: tenant, try context.parameter("token"))
        return Answer.nothing
    }
}

extension TokenTerms {
    init(_ body: TokenCreate) throws {
        func words<Word>(_ words: [String]?, _ what: String, _ parse: (String) throws -> Word?) throws -> [Word]? {
            try words?.map { text in
                guard let word = try parse(text) else { throw ControlPlaneError.invalid("\(text.debugDescription) is no \(what)") }
                return word
            }
        }
        guard let role = Role(rawValue: body.role) else { throw ControlPlaneError.invalid("role: one of \(Role.allCases.map(\.rawValue).joined(separator: ", "))") }
        let expiry = try body.expiresAt.map { text in
            guard let time = milliseconds(timestamp: text) else { throw ControlPlaneError.invalid("expiresAt: a time such as 2027-01-31T00:00:00Z") }
            return time
        }
        self.init(
            role: role, verbs: try words(body.verbs, "verb: there are \(Verb.allCases.map(\.rawValue).joined(separator: ", "))", Verb.init).map(Set.init),
            vpses: try body.vps.map { Set(try $0.map { try name($0, of: "VPS") }) },
            sources: try (body.sources ?? []).map { text in
                do { return try Network(masking: text) } catch { throw ControlPlaneError.invalid("\(error)") }
            }, expiresAt: expiry)
    }
}
