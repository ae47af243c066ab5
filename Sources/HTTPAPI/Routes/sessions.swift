internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes

extension Route {
    static let openSession: Handler = { plane, request, context in
        let body = try await request.decode(SessionCreate.self)
        let (session, text) = try await plane.openSession(context.scope, try said("user") { try Login(body.user) }, try proof(body.password, body.code))
        return try Answer.secret(NewToken(token: Token(session), secret: text))
    }

    static let issueSignOn: Handler = { plane, _, context in
        let (text, expiresAt) = try await plane.issueSignOn(context.scope, tenant: try context.name("tenant"), user: try context.name("user"))
        return try Answer.secret(Ticket(ticket: text, expiresAt: timestamp(milliseconds: expiresAt)))
    }

    static let redeemSignOn: Handler = { plane, request, context in
        let (session, text) = try await plane.redeemSignOn(context.scope, try await request.decode(SignOn.self).ticket)
        return try Answer.secret(NewToken(token: Token(session), secret: text))
    }

    static let showCaller: Handler = { _, _, context in try Answer.json(try Caller(context.scope)) }

    static let changeAccount: Handler = { plane, request, context in
        let body = try await request.decode(AccountChange.self)
        let totp = try body.totp.map { try AccountTOTP(secret: $0.secret, code: try code($0.code, of: "totp.code")) } ?? (body.removeTOTP == true ? .unwanted : nil)
        let password = try body.password.map { text in try said("password") { try Password(text) } }
        return try Answer.json(User(try await plane.changeAccount(context.scope, try proof(body.currentPassword, body.code), password: password, totp: totp)))
    }

    static let endSession: Handler = { plane, _, context in
        try await plane.endSession(context.scope)
        return Answer.nothing
    }

    private static func proof(_ password: String, _ shown: String?) throws -> Proof {
        Proof(password: try said("password") { try Password(password) }, code: try shown.map { try code($0, of: "code") })
    }

    private static func code(_ text: String, of what: String) throws -> LoginCode { try said(what) { try LoginCode(text) } }
}
