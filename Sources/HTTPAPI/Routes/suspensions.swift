internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes
internal import Hummingbird

extension Route {
    static let suspendTenant: Handler = { plane, request, context in
        let tenant = try await plane.suspend(context.scope, try context.name("tenant"), try context.reason(), try await remark(request))
        return try Answer.resource(Tenant(tenant), state: tenant, request)
    }

    static let unsuspendTenant: Handler = { plane, _, context in
        try await plane.unsuspend(context.scope, tenant: try context.name("tenant"), name: nil, try context.reason())
        return Answer.nothing
    }

    static let suspendVPS: Handler = { plane, request, context in
        let view = try await plane.suspend(context.scope, tenant: try context.name("tenant"), name: try context.name("name"), try context.reason(), try await remark(request))
        return try Answer.resource(VPS(view, for: context.scope), state: view.record, request)
    }

    static let unsuspendVPS: Handler = { plane, _, context in
        try await plane.unsuspend(context.scope, tenant: try context.name("tenant"), name: try context.name("name"), try context.reason())
        return Answer.nothing
    }

    private static func remark(_ request: Request) async throws -> Remark {
        let text = try await request.decodeOptional(SuspensionPut.self)?.detail ?? ""
        return try said("detail") { try Remark(text) }
    }
}

extension APIContext {
    fileprivate func reason() throws -> SuspensionReason { try word(try parameter("reason"), of: "reason") }
}
