internal import ControlPlane
internal import HTTPTypes
internal import Hummingbird

/// From a request to its route, the same for admins and over the network.
enum Routing {
    /// `door`: finds out who asks.
    static func to(_ plane: ControlPlane, through door: some RouterMiddleware<APIContext>, counting counter: RequestCounter) -> Router<APIContext> {
        let router = Router(context: APIContext.self)
        router.add(middleware: CountingMiddleware(counter: counter))
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: door)
        router.add(middleware: ProblemMiddleware())  // so that the door sees an answer, whatever comes of the request
        router.add(middleware: OnceMiddleware(plane: plane))
        for route in Route.all {
            guard let method = HTTPRequest.Method(route.method) else { preconditionFailure("\(route.method) is no method") }
            router.on(RouterPath(route.path), method: method) { request, context in try await route.answer(plane, request, context) }
        }
        return router
    }
}
