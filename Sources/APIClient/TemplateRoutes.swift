package import APIModel

extension RoostClient {
    package func templates() async throws -> [Template] { try await all(RequestTarget("templates")) }
    package func template(_ name: String) async throws -> Template { try await get(RequestTarget("templates", name)) }
    package func buildTemplate(_ request: TemplateBuild, wait: Int? = nil) async throws -> Operation {
        try await post(RequestTarget("templates"), request, wait: wait)
    }
    package func deleteTemplate(_ name: String) async throws { try await delete(RequestTarget("templates", name)) }
}
