internal import APIModel
internal import ControlPlane
internal import HTTPTypes
internal import Release

extension Route {
    static let version: Handler = { _, _, _ in try Answer.json(ServerVersion(version: Release.version, api: "v1")) }

    static let openAPI: Handler = { _, _, _ in try Answer.json(OpenAPI.document) }

    static let listNodes: Handler = { plane, request, context in try await Answer.listing(.nodes, request) { try await plane.nodes(context.scope).map(Node.init) } }

    static let doctor: Handler = { plane, _, context in try Answer.json(DoctorReport(checks: try await plane.doctor(context.scope).map(DoctorCheck.init))) }
}
