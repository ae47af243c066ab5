package import APIModel

extension RoostClient {
    /// `tenant`: nil for everybody's.
    package func operations(of tenant: String? = nil, limit: Int? = nil) async throws -> [Operation] {
        try await all(RequestTarget.of(tenant, "operations"), limit: limit ?? Paging.standardLimit)
    }

    /// With `wait`: answered when the operation has finished, or after so many seconds.
    package func operation(_ id: String, wait: Int? = nil) async throws -> Operation { try await get(RequestTarget("operations", id), wait: wait) }

    /// Gives it up; returns it as it is afterwards.
    package func cancelOperation(_ id: String) async throws -> Operation { try await post(RequestTarget("operations", id, "cancel")) }
}

extension Operation {
    package var hasFinished: Bool { status == "succeeded" || status == "failed" }
}
