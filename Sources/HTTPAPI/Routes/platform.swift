internal import APIModel
internal import ControlPlane
internal import HTTPTypes
internal import Release

extension Route {
    static let version: Handler = { _, _, _ in try Answer.json(ServerVersion(version: Release.version, api: "v1")) }

    static let openAPI: Handler = { _, _, _ in try Answer.json(OpenAPI.document) }

    static let showCaller: Handler = { _, _, context in try Answer.json(try Caller(context.scope)) }

    static let listNodes: Handler = { plane, _, context in try Answer.json(NodeList(nodes: try await plane.nodes(context.scope).map(Node.init))) }

    static let listAddresses: Handler = { plane, _, context in
        try Answer.json(AddressList(addresses: try await plane.addresses(context.scope).map(AddressLease.init)))
    }

    static let listOperations: Handler = { plane, request, context in
        let operations = try await plane.operations(context.scope, limit: try request.limit())
        return try Answer.json(OperationList(operations: operations.map { Operation($0, for: context.scope) }))
    }

    static let showOperation: Handler = { plane, request, context in
        let wait = request.preferredWait
        let operation = try await plane.operation(context.scope, try context.parameter("id"), wait: wait ?? 0)
        return try Answer.json(Operation(operation, for: context.scope), applied: wait)
    }

    static let doctor: Handler = { plane, _, context in try Answer.json(DoctorReport(checks: try await plane.doctor(context.scope).map(DoctorCheck.init))) }
}
