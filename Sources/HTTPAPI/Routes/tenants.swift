internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes

extension Route {
    static let listTenants: Handler = { plane, request, context in
        try await Answer.listing(.tenants, request) { try await plane.tenants(context.scope).map(Tenant.init) }
    }

    static let createTenant: Handler = { plane, request, context in
        let body = try await request.decode(TenantCreate.self)
        let tenant = try await plane.createTenant(
            context.scope, try name(body.name), Quantities(body.quota), externalID: try body.externalID.map { text in try said("externalID") { try ExternalID(text) } },
            reseller: try body.reseller.map { try name($0, of: "reseller") }, isReseller: body.isReseller ?? false)
        return try Answer.json(Tenant(tenant), .created)
    }

    static let showTenant: Handler = { plane, request, context in
        let tenant = try await plane.tenant(context.scope, try context.name("tenant"))
        return try Answer.resource(Tenant(tenant), state: tenant, request)
    }

    static let changeTenant: Handler = { plane, request, context in
        let body = try await request.decode(TenantChange.self)
        let tenant = try await plane.changeTenant(context.scope, try context.name("tenant"), Ceilings(body), isReseller: body.isReseller)
        return try Answer.resource(Tenant(tenant), state: tenant, request)
    }

    static let deleteTenant: Handler = { plane, _, context in
        try await plane.deleteTenant(context.scope, try context.name("tenant"))
        return Answer.nothing
    }
}
