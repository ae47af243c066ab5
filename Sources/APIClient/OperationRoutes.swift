package import APIModel

extension RoostClient {
    package func operations(limit: Int? = nil) async throws -> [Operation] {
        (try await get(RequestTarget("operations", query: limited(limit))) as OperationList).operations
    }

    /// With `wait`: answered when the operation has finished, or after so many seconds.
    package func operation(_ id: String, wait: Int? = nil) async throws -> Operation { try await get(RequestTarget("operations", id), wait: wait) }

    func limited(_ limit: Int?) -> [(name: String, value: String)] { limit.map { [("limit", "\($0)")] } ?? [] }
}

extension Operation {
    package var hasFinished: Bool { status == "succeeded" || status == "failed" }
}
