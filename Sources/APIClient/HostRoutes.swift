package import APIModel

extension RoostClient {
    package func version() async throws -> ServerVersion { try await get(RequestTarget()) }
    /// Whoever asks, as roostd knows him.
    package func caller() async throws -> Caller { try await get(RequestTarget("caller")) }
    package func nodes() async throws -> [Node] { try await all(RequestTarget("nodes")) }
    package func addresses() async throws -> [AddressLease] { try await all(RequestTarget("addresses")) }
    package func holdings(of address: String, at: String?) async throws -> [AddressHolding] {
        try await all(RequestTarget("addresses", address, "holdings", query: at.map { [("at", $0)] } ?? []))
    }
    /// `tenant`: nil for everybody's.
    package func events(of tenant: String? = nil, limit: Int? = nil, subject: String? = nil) async throws -> [Event] {
        try await all((tenant.map { RequestTarget("tenants", $0, "events") } ?? RequestTarget("events")).adding(subject.map { [("subject", $0)] } ?? []), limit: limit ?? Self.standardLimit)
    }
    package func verifyEvents(head: String? = nil) async throws -> EventVerdict { try await get(RequestTarget("events", "verdict", query: head.map { [("head", $0)] } ?? [])) }
    package func doctor() async throws -> [DoctorCheck] { (try await get(RequestTarget("doctor")) as DoctorReport).checks }
}
