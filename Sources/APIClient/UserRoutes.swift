package import APIModel

extension RoostClient {
    /// `tenant`: nil for the platform's and everybody's.
    package func users(of tenant: String?) async throws -> [User] { try await all(RequestTarget.of(tenant, "users")) }
    /// `tenant`: nil for a user of the platform, here and below.
    package func createUser(of tenant: String?, _ request: UserCreate) async throws -> User { try await post(RequestTarget.of(tenant, "users"), request) }
    package func changeUser(of tenant: String?, _ name: String, _ change: UserChange) async throws -> User { try await patch(RequestTarget.of(tenant, "users", name), change) }
    package func deleteUser(of tenant: String?, _ name: String) async throws { try await delete(RequestTarget.of(tenant, "users", name)) }

    package func openSession(_ request: SessionCreate) async throws -> NewToken { try await post(RequestTarget("sessions"), request) }
    /// The end of the token that this client shows.
    package func endSession() async throws { try await delete(RequestTarget("caller")) }
    package func changeAccount(_ change: AccountChange) async throws -> User { try await patch(RequestTarget("caller"), change) }
}
