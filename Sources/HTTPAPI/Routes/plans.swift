internal import APIModel
internal import ControlPlane
internal import Domain
internal import HTTPTypes

extension Route {
    static let listPlans: Handler = { plane, request, context in try await Answer.listing(.plans, request) { try await plane.plans(context.scope).map(Plan.init) } }

    static let createPlan: Handler = { plane, request, context in
        let body = try await request.decode(PlanCreate.self)
        return try Answer.json(Plan(try await plane.createPlan(context.scope, try name(body.name), PlanTerms(body))), .created)
    }

    static let showPlan: Handler = { plane, request, context in
        let plan = try await plane.plan(context.scope, try context.name("plan"))
        return try Answer.resource(Plan(plan), state: plan, request)
    }

    static let deletePlan: Handler = { plane, _, context in
        try await plane.deletePlan(context.scope, try context.name("plan"))
        return Answer.nothing
    }
}
