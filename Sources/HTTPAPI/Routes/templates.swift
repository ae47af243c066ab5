internal import APIModel
internal import ControlPlane
internal import HTTPTypes

extension Route {
    static let listTemplates: Handler = { plane, request, context in
        try await Answer.listing(.templates, request) { try await plane.templates(context.scope).map(Template.init) }
    }

    static let buildTemplate: Handler = { plane, request, context in
        let body = try await request.decode(TemplateBuild.self)
        return try await Answer.operation(try await plane.buildTemplate(context.scope, try name(body.name)), plane, request, context)
    }

    static let showTemplate: Handler = { plane, request, context in
        let template = try await plane.template(context.scope, try context.name("template"))
        return try Answer.resource(Template(template), state: template, request)
    }

    static let deleteTemplate: Handler = { plane, _, context in
        try await plane.deleteTemplate(context.scope, try context.name("template"))
        return Answer.nothing
    }
}
