internal import Hummingbird

/// Counts answers, whatever they are; outside of everything that makes them.
struct CountingMiddleware: RouterMiddleware {
    typealias Context = APIContext
    let counter: RequestCounter
    private static let methods: Set<String> = ["GET", "POST", "PUT", "PATCH", "DELETE"]

    func handle(_ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response) async throws -> Response {
        let begun = ContinuousClock.now
        let response = try await next(request, context)
        // A method is a text of a stranger's: only the known ones are told apart.
        let method = Self.methods.contains(request.method.rawValue) ? request.method.rawValue : "other"
        counter.note(RequestCounter.Kind(method: method, route: context.endpointPath, status: response.status.code), ContinuousClock.now - begun)
        return response
    }
}
