internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes
internal import Hummingbird

extension Route {
    static let listTokens: Handler = { plane, request, context in
        try await Answer.listing(.tokens, request) { try await plane.tokens(context.scope, of: try context.tenant()).map(Token.init) }
    }

    static let createToken: Handler = { plane, request, context in
        let tenant = try context.tenant()
        let body = try await request.decode(TokenCreate.self, as: tenant == nil ? .platformTokenCreate : .tokenCreate)
        let (token, text) = try await plane.createToken(context.scope, try name(body.name), of: tenant, try TokenTerms(body))
        return try Answer.secret(NewToken(token: Token(token), secret: text))
    }

    static let revokeToken: Handler = { plane, _, context in
        try await plane.revokeToken(context.scope, of: try context.tenant(), try context.parameter("token"))
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
