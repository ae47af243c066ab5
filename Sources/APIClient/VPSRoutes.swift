package import APIModel

extension RoostClient {
    package func vpses() async throws -> [VPS] { try await all(RequestTarget("vps")) }
    package func vpses(of tenant: String) async throws -> [VPS] { try await all(RequestTarget("tenants", tenant, "vps")) }
    package func vps(_ name: VPSName) async throws -> VPS { try await get(name.target) }

    package func createVPS(of tenant: String, _ request: VPSCreate, wait: Int? = nil) async throws -> Operation {
        try await post(RequestTarget("tenants", tenant, "vps"), request, wait: wait)
    }
    package func changeVPS(_ name: VPSName, _ change: VPSChange, wait: Int? = nil) async throws -> Operation { try await patch(name.target, change, wait: wait) }
    package func setRootPassword(of name: VPSName, _ password: String) async throws { try await put(name.target("password"), PasswordPut(password: password)) }
    package func deleteVPS(_ name: VPSName, wait: Int? = nil) async throws -> Operation { try await delete(name.target, wait: wait) }

    package enum Power: String, Sendable, CaseIterable { case start, stop, restart }

    package func change(_ power: Power, of name: VPSName, _ change: PowerChange = PowerChange(), wait: Int? = nil) async throws -> Operation {
        try await post(name.target(power.rawValue), change, wait: wait)
    }
}
