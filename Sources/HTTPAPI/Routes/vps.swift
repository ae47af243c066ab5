internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes
internal import NodeModel

extension Route {
    static let listAllVPSes: Handler = { plane, request, context in
        try await Answer.listing(.vps, request) { try await plane.vpses(context.scope, tenant: nil).lazy.map { VPS($0, for: context.scope) } }
    }

    static let showVPSByID: Handler = { plane, _, context in
        guard let id = VPSID(try context.parameter("id")) else { throw ControlPlaneError.invalid("a VPS's id is ten characters of a–z and 2–9") }
        return try Answer.json(VPS(try await plane.vps(context.scope, id: id), for: context.scope))
    }

    static let listVPSes: Handler = { plane, request, context in
        let tenant = try context.name("tenant")
        return try await Answer.listing(.vps, request) { try await plane.vpses(context.scope, tenant: tenant).lazy.map { VPS($0, for: context.scope) } }
    }

    static let createVPS: Handler = { plane, request, context in
        let tenant = try context.name("tenant")
        let wish = try VPSWish(try await request.decode(VPSCreate.self))
        return try await Answer.operation(try await plane.createVPS(context.scope, tenant: tenant, wish), plane, request, context)
    }

    static let showVPS: Handler = { plane, request, context in
        let view = try await plane.vps(context.scope, tenant: try context.name("tenant"), name: try context.name("name"))
        return try Answer.resource(VPS(view, for: context.scope), state: view.record, request)
    }

    static let deleteVPS: Handler = { plane, request, context in
        let operation = try await plane.deleteVPS(context.scope, tenant: try context.name("tenant"), name: try context.name("name"))
        return try await Answer.operation(operation, plane, request, context)
    }

    static let changeVPS: Handler = { plane, request, context in
        let plan = try name(try await request.decode(VPSChange.self).plan, of: "plan")
        let operation = try await plane.changeVPS(context.scope, tenant: try context.name("tenant"), name: try context.name("name"), to: plan)
        return try await Answer.operation(operation, plane, request, context)
    }

    static let setRootPassword: Handler = { plane, request, context in
        let text = try await request.decode(PasswordPut.self).password
        let password = try said("password") { try Password(text) }
        try await plane.setRootPassword(context.scope, tenant: try context.name("tenant"), name: try context.name("name"), password)
        return Answer.nothing
    }

    static let startVPS: Handler = { plane, request, context in
        _ = try await request.decodeOptional(PowerChange.self)
        let operation = try await plane.startVPS(context.scope, tenant: try context.name("tenant"), name: try context.name("name"))
        return try await Answer.operation(operation, plane, request, context)
    }

    static let stopVPS: Handler = { plane, request, context in
        let force = try await request.decodeOptional(PowerChange.self)?.force ?? false
        let operation = try await plane.stopVPS(context.scope, tenant: try context.name("tenant"), name: try context.name("name"), force: force)
        return try await Answer.operation(operation, plane, request, context)
    }

    static let restartVPS: Handler = { plane, request, context in
        let force = try await request.decodeOptional(PowerChange.self)?.force ?? false
        let operation = try await plane.restartVPS(context.scope, tenant: try context.name("tenant"), name: try context.name("name"), force: force)
        return try await Answer.operation(operation, plane, request, context)
    }
}
