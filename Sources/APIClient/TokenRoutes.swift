package import APIModel

extension RoostClient {
    /// `tenant`: nil for the platform's and everybody's.
    package func tokens(of tenant: String?) async throws -> [Token] { try await all(Self.tokens(tenant)) }
    /// `tenant`: nil for a token of the platform.
    package func createToken(of tenant: String?, _ request: TokenCreate) async throws -> NewToken { try await post(Self.tokens(tenant), request) }
    package func revokeToken(_ id: String) async throws { try await delete(RequestTarget("tokens", id)) }

    private static func tokens(_ tenant: String?) -> RequestTarget { tenant.map { RequestTarget("tenants", $0, "tokens") } ?? RequestTarget("tokens") }
}
