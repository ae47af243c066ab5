internal import ControlPlane
internal import HTTPTypes
internal import HummingbirdCore

/// Reached only by a request that was not upgraded (`StreamUpgrade`): says why, as the same checks do.
extension Route {
    static let execVPS: Handler = { plane, request, context in
        _ = try await plane.exec(context.scope, tenant: try context.name("tenant"), name: try context.name("name"), try StreamQuery.exec(request.uri))
        throw ControlPlaneError.invalid(needed)
    }

    static let consoleOfVPS: Handler = { plane, _, context in
        _ = try await plane.console(context.scope, tenant: try context.name("tenant"), name: try context.name("name"))
        throw ControlPlaneError.invalid(needed)
    }

    private static let needed = "this is a WebSocket of the subprotocol \(StreamUpgrade.subprotocol): ask for an upgrade, without Origin"
}
