package import APIModel

extension RoostClient {
    package func version() async throws -> ServerVersion { try await get(RequestTarget()) }
    /// Whoever asks, as roostd knows him.
    package func caller() async throws -> Caller { try await get(RequestTarget("caller")) }
    package func nodes() async throws -> [Node] { try await all(RequestTarget("nodes")) }
    package func addresses() async throws -> [AddressLease] { try await all(RequestTarget("addresses")) }
    package func holdings(of address: String, at: String?) async throws -> [AddressHolding] {
        try await all(RequestTarget("addresses", address, "holdings").adding("at", at))
    }
    package func doctor() async throws -> [DoctorCheck] { (try await get(RequestTarget("doctor")) as DoctorReport).checks }
}
