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
        return try Answer.secret(NewToken(token: Token(token), secret: text))
    }

    private static func revoke(_ plane: ControlPlane, _ tenant: Name?, _ context: APIContext) async throws -> Response {
        try await plane.revokeToken(context.scope, of: tenant, try context.parameter("token"))
        return Answer.nothing
    }
}

extension TokenTerms {
    init(_ body: TokenCreate) throws {
        self.init(
            role: try word(body.role, of: "role"), verbs: try body.verbs.map { Set(try $0.map { try word($0, of: "verbs") }) }, vpses: try body.vps.map { Set(try $0.map { try name($0, of: "VPS") }) },
            sources: try (body.sources ?? []).map { text in try said(nil) { try Network(masking: text) } }, expiresAt: try body.expiresAt.map { try time($0, of: "expiresAt") })
    }
}
