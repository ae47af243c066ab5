package import APIModel

extension RoostClient {
    package func suspend(tenant: String, for reason: String, _ body: SuspensionPut) async throws -> Tenant { try await put(RequestTarget("tenants", tenant, "suspensions", reason), body) }
    package func unsuspend(tenant: String, from reason: String) async throws { try await delete(RequestTarget("tenants", tenant, "suspensions", reason)) }
    package func suspend(_ name: VPSName, for reason: String, _ body: SuspensionPut) async throws -> VPS { try await put(name.target("suspensions", reason), body) }
    package func unsuspend(_ name: VPSName, from reason: String) async throws { try await delete(name.target("suspensions", reason)) }
}
