internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Store

extension Route {
    static let verifyEvents: Handler = { plane, request, context in
        let known = try request.uri.queryParameters.get("head").map { text in
            guard let bytes = Hexadecimal.bytes(text), bytes.count == 32 else { throw ControlPlaneError.invalid("head: 64 hexadecimal digits, as an earlier verdict had them") }
            return bytes
        }
        return try Answer.json(EventVerdict(try await plane.verifyEvents(context.scope, known: known)))
    }

    static let listEvents: Handler = { plane, request, context in
        try await Answer.chosenListing(.events, request) { query in
            let filter = EventFilter(subject: query.filters["subject"], kind: query.filters["kind"], actor: query.filters["actor"], before: try query.cursor?.number("id"))
            return try await plane.events(context.scope, of: try context.tenant(), filter, limit: query.limit + 1).map(Event.init)
        }
    }
}
