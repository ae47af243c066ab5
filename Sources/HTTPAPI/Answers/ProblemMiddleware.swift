internal import APIModel
internal import ControlPlane
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOHTTP1

/// The outermost: gives every answer its request's id, and makes every error a problem document.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = APIContext

    func handle(_ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response) async throws -> Response {
        var response: Response
        do { response = try await next(request, context) } catch let error as HTTPParserError {
            throw error  // the server answers what is no HTTP itself
        } catch {
            response = try answer(to: error, request, context)
        }
        response.headers[.requestID] = context.requestID
        if request.method == .head { response.body = .init() }  // RFC 9110, 9.3.2
        return response
    }

    private func answer(to error: any Error, _ request: Request, _ context: APIContext) throws -> Response {
        let problem = problem(error, request, context.scope).told(as: context.requestID, of: error, "\(request.method) \(request.uri.path)", context.logger)
        var response = try Answer.problem(problem)
        if problem.status == 401 { response.headers[.wwwAuthenticate] = "Bearer realm=\"roost\"" }
        if case ControlPlaneError.tooManyRequests(let allowance) = error { response.note(allowance) }
        if problem.code == .methodNotAllowed { response.headers[.allow] = Self.methods(request.uri.path).joined(separator: ", ") }
        return response
    }

    private func problem(_ error: any Error, _ request: Request, _ scope: Scope) -> Problem {
        switch error {
        case let error as ControlPlaneError: Problem(error, for: scope)
        case let error as BodyError: Problem(.jsonError, error.description)
        case let error as HTTPError where error.status == .notFound:
            Self.methods(request.uri.path).isEmpty ? Problem(.notFound, "there is nothing here") : Problem(.methodNotAllowed, "\(request.method.rawValue) is not one of this resource's methods")
        case let error as HTTPError where error.status.code < 500: Problem(.invalidInput, error.body ?? error.status.reasonPhrase)
        default: Problem(ControlPlaneError.failed("\(error)"))
        }
    }

    private static func methods(_ path: String) -> [String] { Route.all.filter { $0.matches(path) }.map(\.method) }
}
