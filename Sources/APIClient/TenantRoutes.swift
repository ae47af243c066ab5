package import APIModel

extension RoostClient {
    package func tenants() async throws -> [Tenant] { try await all(RequestTarget("tenants")) }
    package func tenant(_ name: String) async throws -> Tenant { try await get(RequestTarget("tenants", name)) }
    package func createTenant(_ request: TenantCreate) async throws -> Tenant { try await post(RequestTarget("tenants"), request) }
    package func changeTenant(_ name: String, _ change: TenantChange) async throws -> Tenant { try await patch(RequestTarget("tenants", name), change) }
    package func deleteTenant(_ name: String) async throws { try await delete(RequestTarget("tenants", name)) }
}
