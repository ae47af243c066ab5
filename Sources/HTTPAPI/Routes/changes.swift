internal import APIModel
internal import ControlPlane
internal import Domain
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import Store

/// Server-sent events (HTML Living Standard, 9.2): each event with its id, from which a client that comes again goes on.
extension Route {
    static let follow: Handler = { plane, request, context in
        let last = try request.headers[.lastEventID].map { text in
            guard let id = Int64(text), id >= 0 else { throw ControlPlaneError.invalid("Last-Event-ID: an event's id") }
            return id
        }
        let scope = context.scope
        let follower = try await plane.follow(scope, of: try context.tenant(), after: last)
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: ": here\n\n"))  // the head goes out with the first words
                do {
                    while true {
                        let changes = try await cancelWhenGracefulShutdown { try await follower.next() }
                        if changes.isEmpty { try await writer.write(ByteBuffer(string: ":\n\n")) }
                        for change in changes { try await writer.write(ByteBuffer(string: try message(change, scope))) }
                    }
                } catch let error as ControlPlaneError {
                    try Task.checkCancellation()  // what fails then fails for that
                    let problem = Problem(error, for: scope).told(as: context.requestID, of: error, "following", context.logger)
                    try await writer.write(ByteBuffer(string: message("end", try Answer.encode(problem))))
                } catch is CancellationError {}  // the daemon ends, or the client has gone
                try await writer.finish(nil)
            })
    }

    /// Only events have an id: of operations whoever comes again is told how they are then.
    private static func message(_ change: Change, _ scope: Scope) throws -> String {
        switch change {
        case .event(let event): "id: \(event.id)\n" + message("event", try Answer.encode(Event(event)))
        case .operation(let view): message("operation", try Answer.encode(Operation(view, for: scope)))
        }
    }

    /// JSON has no line breaks of its own, so that one line is all of it.
    private static func message(_ name: String, _ json: ByteBuffer) -> String { "event: \(name)\ndata: \(String(buffer: json))\n\n" }
}

extension HTTPField.Name {
    static let lastEventID = HTTPField.Name("Last-Event-ID")!  // a token
}
