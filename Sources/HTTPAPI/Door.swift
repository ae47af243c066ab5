internal import ControlPlane
internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTP1

/// Whoever reaches the admins' socket is an admin: root, or the daemon's own user (`AdminConnection`).
struct LocalAdmin: RouterMiddleware {
    let peers: Peers

    func handle(_ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response) async throws -> Response {
        var context = context
        context.scope = .admin.asking(from: peers.source(context.channel), request: context.requestID)
        return try await next(request, context)
    }
}

/// Over the network he shows a token (RFC 6750). Who shows none is nobody, who may see what anyone may.
struct BearerToken: RouterMiddleware {
    typealias Context = APIContext
    let plane: ControlPlane

    func handle(_ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response) async throws -> Response {
        var context = context
        let allowance: Allowance?
        (context.scope, allowance) = try await Self.enter(request.headers[.authorization], from: context.address, context.requestID, plane)
        var response = try await next(request, context)
        if let allowance { response.note(allowance) }
        return response
    }

    /// Of a request to be upgraded, which no router sees.
    static func scope(of head: HTTPRequestHead, on channel: any Channel, _ plane: ControlPlane) async throws -> Scope {
        let source = channel.remoteAddress?.ipAddress
        guard let ticket = StreamAddress.ticket(head.uri) else { return try await enter(head.headers.first(name: "Authorization"), from: source, Hexadecimal.randomID(), plane).0 }
        let address = try StreamAddress(head.uri)
        return try await known(from: source, plane) { try plane.redeemTicket(ticket, from: source, tenant: address.tenant, name: address.vps, for: address.kind) }
    }

    private static func enter(_ credentials: String?, from source: String?, _ request: String, _ plane: ControlPlane) async throws -> (Scope, Allowance?) {
        guard let credentials else {
            try await plane.admitStranger(from: source)
            return (.nobody.asking(from: source, request: request), nil)
        }
        return try await known(from: source, plane) {
            let scope = try await plane.authenticate(try token(credentials), from: source)
            return (scope.asking(from: source, request: request), try plane.admit(scope))
        }
    }

    /// Whoever is not known after all counts as a stranger, so that nobody can try out secrets.
    private static func known<Entered>(from source: String?, _ plane: ControlPlane, _ enter: () async throws -> Entered) async throws -> Entered {
        do { return try await enter() } catch ControlPlaneError.unauthenticated(let why) {
            try await plane.admitStranger(from: source)
            throw ControlPlaneError.unauthenticated(why)
        }
    }

    private static func token(_ credentials: String) throws -> String {
        let parts = credentials.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }  // by bytes, for each request: to find Characters took a twentieth of its time
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw ControlPlaneError.unauthenticated("the header must read: Authorization: Bearer roost_…") }
        return parts[1]
    }
}
