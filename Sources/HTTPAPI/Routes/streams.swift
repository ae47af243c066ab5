internal import APIModel
internal import ControlPlane
internal import Domain
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

    static let issueTicket: Handler = { plane, request, context in
        let body = try await request.decode(TicketCreate.self)
        let kind: StreamKind = try word(body.stream, of: "stream")
        let (text, expiresAt) = try await plane.issueTicket(context.scope, tenant: try context.name("tenant"), name: try context.name("name"), for: kind)
        return try Answer.secret(Ticket(ticket: text, expiresAt: timestamp(milliseconds: expiresAt)))
    }

    private static let needed = "this is a WebSocket of the subprotocol \(StreamUpgrade.subprotocol): ask for an upgrade; with Origin, as browsers do, by a ticket"
}
