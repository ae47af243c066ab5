package import APIModel

extension RoostClient {
    package func plans() async throws -> [Plan] { try await all(RequestTarget("plans")) }
    package func plan(_ name: String) async throws -> Plan { try await get(RequestTarget("plans", name)) }
    package func createPlan(_ request: PlanCreate) async throws -> Plan { try await post(RequestTarget("plans"), request) }
    package func deletePlan(_ name: String) async throws { try await delete(RequestTarget("plans", name)) }
}
