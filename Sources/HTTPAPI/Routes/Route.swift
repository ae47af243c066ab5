internal import ControlPlane
internal import HTTPTypes
internal import Hummingbird

/// One route, with the rule of who may come.
package struct Route: Sendable {
    package enum Access: String, Sendable {
        case anyone
        case admin
        /// The tenant that the path names, and admins.
        case tenant
    }
    typealias Handler = @Sendable (ControlPlane, Request, APIContext) async throws -> Response

    package let method: String
    /// `:name` is a parameter.
    package let path: String
    package let access: Access
    let handler: Handler

    init(_ method: String, _ path: String, _ access: Access, _ handler: @escaping Handler) {
        self.method = method
        self.path = path
        self.access = access
        self.handler = handler
    }

    func answer(_ plane: ControlPlane, _ request: Request, _ context: APIContext) async throws -> Response {
        switch access {
        case .anyone: break
        case .admin: guard context.scope == .admin else { throw ControlPlaneError.forbidden }
        case .tenant: guard try context.scope == .admin || context.scope == .tenant(context.name("tenant")) else { throw ControlPlaneError.forbidden }
        }
        return try await handler(plane, request, context)
    }

    /// Whether `path` is one of this route's, whatever the method.
    func matches(_ path: String) -> Bool {
        let wanted = self.path.split(separator: "/")
        let given = path.split(separator: "/")
        return wanted.count == given.count && zip(wanted, given).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
    }
}
