internal import APIModel
internal import ControlPlane
internal import HTTPTypes
internal import Release
internal import Store

extension Route {
    static let version: Handler = { _, _, _ in try Answer.json(ServerVersion(version: Release.version, api: "v1")) }

    static let openAPI: Handler = { _, _, _ in try Answer.json(OpenAPI.document) }

    static let showCaller: Handler = { _, _, context in try Answer.json(try Caller(context.scope)) }

    static let listNodes: Handler = { plane, request, context in try await Answer.listing(.nodes, request) { try await plane.nodes(context.scope).map(Node.init) } }

    static let listOperations: Handler = { plane, request, context in
        try await Answer.chosenListing(.operations, request) { query in
            let (filter, isRunning) = try chosen(query)
            return try await plane.operations(context.scope, filter, isRunning: isRunning, limit: query.limit + 1).map { Operation($0, for: context.scope) }
        }
    }

    static let listOperationsOfTenant: Handler = { plane, request, context in
        let tenant = try context.name("tenant")
        return try await Answer.chosenListing(.operations, request) { query in
            let (filter, isRunning) = try chosen(query)
            return try await plane.operations(context.scope, of: tenant, filter, isRunning: isRunning, limit: query.limit + 1).map { Operation($0, for: context.scope) }
        }
    }

    /// What is worked on and what waits are both recorded as pending.
    private static func chosen(_ query: ListQuery) throws -> (OperationFilter, isRunning: Bool?) {
        let status = query.filters["status"]
        let filter = OperationFilter(
            subject: query.filters["subject"], kind: query.filters["kind"], status: status.flatMap { OperationRecord.Status(rawValue: $0 == "running" ? "pending" : $0) }, before: try query.cursor?.text("id"))
        return (filter, filter.status == .pending ? status == "running" : nil)
    }

    static let showOperation: Handler = { plane, request, context in
        let wait = request.preferredWait
        let operation = try await plane.operation(context.scope, try context.parameter("id"), wait: wait ?? 0)
        return try Answer.json(Operation(operation, for: context.scope), applied: wait)
    }

    static let doctor: Handler = { plane, _, context in try Answer.json(DoctorReport(checks: try await plane.doctor(context.scope).map(DoctorCheck.init))) }
}
