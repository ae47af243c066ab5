internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes
internal import Hummingbird
internal import Store

extension Route {
    static let listUsers: Handler = { plane, request, context in
        try await Answer.listing(.users, request) { try await plane.users(context.scope, of: try context.tenant()).map(User.init) }
    }

    static let createUser: Handler = { plane, request, context in
        let tenant = try context.tenant()
        let body = try await request.decode(UserCreate.self, as: tenant == nil ? .platformUserCreate : .userCreate)
        let user = try await plane.createUser(context.scope, Login(try name(body.name), of: tenant), try word(body.role, of: "role"), try said("password") { try Password(body.password) })
        return try Answer.json(User(user), .created)
    }

    static let changeUser: Handler = { plane, request, context in
        let body = try await request.decode(UserChange.self)
        let password = try body.password.map { text in try said("password") { try Password(text) } }
        return try Answer.json(User(try await plane.changeUser(context.scope, Login(try context.name("user"), of: try context.tenant()), password: password, removesTOTP: body.removeTOTP ?? false)))
    }

    static let deleteUser: Handler = { plane, _, context in
        try await plane.deleteUser(context.scope, Login(try context.name("user"), of: try context.tenant()))
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
