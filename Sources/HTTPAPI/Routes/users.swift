internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import Store

extension Route {
    static let listUsers: Handler = { plane, request, context in try await list(plane, nil, request, context) }
    static let createUser: Handler = { plane, request, context in try await create(plane, nil, request, context) }
    static let changeUser: Handler = { plane, request, context in try await change(plane, nil, request, context) }
    static let deleteUser: Handler = { plane, _, context in try await delete(plane, nil, context) }
    static let listUsersOfTenant: Handler = { plane, request, context in try await list(plane, try context.name("tenant"), request, context) }
    static let createUserOfTenant: Handler = { plane, request, context in try await create(plane, try context.name("tenant"), request, context) }
    static let changeUserOfTenant: Handler = { plane, request, context in try await change(plane, try context.name("tenant"), request, context) }
    static let deleteUserOfTenant: Handler = { plane, _, context in try await delete(plane, try context.name("tenant"), context) }

    private static func list(_ plane: ControlPlane, _ tenant: Name?, _ request: Request, _ context: APIContext) async throws -> Response {
        try await Answer.listing(.users, request) { try await plane.users(context.scope, of: tenant).map(User.init) }
    }

    private static func create(_ plane: ControlPlane, _ tenant: Name?, _ request: Request, _ context: APIContext) async throws -> Response {
        let body = try await request.decode(UserCreate.self, as: tenant == nil ? .platformUserCreate : .userCreate)
        let user = try await plane.createUser(context.scope, Login(try name(body.name), of: tenant), try word(body.role, of: "role"), try said("password") { try Password(body.password) })
        return try Answer.json(User(user), .created)
    }

    private static func change(_ plane: ControlPlane, _ tenant: Name?, _ request: Request, _ context: APIContext) async throws -> Response {
        let body = try await request.decode(APIModel.UserChange.self)
        let password = try body.password.map { text in try said("password") { try Password(text) } }
        return try Answer.json(User(try await plane.changeUser(context.scope, Login(try context.name("user"), of: tenant), password: password, removesTOTP: body.removeTOTP ?? false)))
    }

    private static func delete(_ plane: ControlPlane, _ tenant: Name?, _ context: APIContext) async throws -> Response {
        try await plane.deleteUser(context.scope, Login(try context.name("user"), of: tenant))
        return Answer.nothing
    }
}

extension User {
    init(_ record: UserRecord) {
        self.init(
            name: record.login.name.text, tenant: record.login.tenant?.text, role: record.role.rawValue, hasTOTP: record.totpSecret != nil, createdAt: timestamp(milliseconds: record.createdAt),
            createdBy: record.createdBy)
    }
}
