internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import Store

extension Route {
    static let showOperation: Handler = { plane, request, context in
        let wait = request.preferredWait
        let operation = try await plane.operation(context.scope, try context.parameter("id"), wait: wait ?? 0)
        return try Answer.json(Operation(operation, for: context.scope), applied: wait)
    }

    static let cancelOperation: Handler = { plane, _, context in
        try Answer.json(Operation(try await plane.cancelOperation(context.scope, try context.parameter("id")), for: context.scope))
    }

    static let listOperations: Handler = { plane, request, context in
        try await Answer.chosenListing(.operations, request) { query in
            let filter = OperationFilter(subject: query.filters["subject"], kind: query.filters["kind"], before: try query.cursor?.text("id"))
            let status = query.filters["status"].flatMap(OperationView.Status.init)
            return try await plane.operations(context.scope, of: try context.tenant(), filter, status: status, limit: query.limit + 1).map { Operation($0, for: context.scope) }
        }
    }
}
