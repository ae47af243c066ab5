package import APIModel

extension RoostClient {
    /// `tenant`: nil for everybody's.
    package func events(of tenant: String? = nil, limit: Int? = nil, subject: String? = nil) async throws -> [Event] {
        try await all(RequestTarget.of(tenant, "events").adding("subject", subject), limit: limit ?? Paging.standardLimit)
    }

    /// `head`: one that was noted earlier.
    package func verifyEvents(head: String? = nil) async throws -> EventVerdict { try await get(RequestTarget("events", "verdict").adding("head", head)) }
}
