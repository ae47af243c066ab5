package import APIModel

extension RoostClient {
    package func version() async throws -> ServerVersion { try await get(RequestTarget()) }
    /// Whoever asks, as roostd knows him.
    package func caller() async throws -> Caller { try await get(RequestTarget("caller")) }
    package func nodes() async throws -> [Node] { (try await get(RequestTarget("nodes")) as NodeList).nodes }
    package func addresses() async throws -> [AddressLease] { (try await get(RequestTarget("addresses")) as AddressList).addresses }
    package func holdings(of address: String, at: String?) async throws -> [AddressHolding] {
        (try await get(RequestTarget("addresses", address, "holdings", query: at.map { [("at", $0)] } ?? [])) as HoldingList).holdings
    }
    package func events(limit: Int? = nil, subject: String? = nil) async throws -> [Event] {
        (try await get(RequestTarget("events", query: limited(limit) + (subject.map { [("subject", $0)] } ?? []))) as EventList).events
    }
    package func verifyEvents(head: String? = nil) async throws -> EventVerdict { try await get(RequestTarget("events", "verdict", query: head.map { [("head", $0)] } ?? [])) }
    package func doctor() async throws -> [DoctorCheck] { (try await get(RequestTarget("doctor")) as DoctorReport).checks }
}
