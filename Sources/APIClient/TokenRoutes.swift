package import APIModel

extension RoostClient {
    /// `tenant`: nil for the platform's and everybody's.
    package func tokens(of tenant: String?) async throws -> [Token] { try await all(RequestTarget.of(tenant, "tokens")) }
    /// `tenant`: nil for a token of the platform.
    package func createToken(of tenant: String?, _ request: TokenCreate) async throws -> NewToken { try await post(RequestTarget.of(tenant, "tokens"), request) }
    package func revokeToken(_ id: String) async throws { try await delete(RequestTarget("tokens", id)) }
}
