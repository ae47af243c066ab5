package import APIModel

extension RoostClient {
    package func version() async throws -> ServerVersion { try await get(RequestTarget()) }
    /// Whoever asks, as roostd knows him.
    package func caller() async throws -> Caller { try await get(RequestTarget("caller")) }
    package func nodes() async throws -> [Node] { (try await get(RequestTarget("nodes")) as NodeList).nodes }
    package func addresses() async throws -> [AddressLease] { (try await get(RequestTarget("addresses")) as AddressList).addresses }
    package func events(limit: Int? = nil) async throws -> [Event] {
        (try await get(RequestTarget("events", query: limited(limit))) as EventList).events
    }
    package func doctor() async throws -> [DoctorCheck] { (try await get(RequestTarget("doctor")) as DoctorReport).checks }
}
