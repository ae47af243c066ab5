internal import APIModel
internal import HTTPTypes
internal import Release

/// The API's description (OpenAPI 3.1), made from the routes, so that it says what they do.
enum OpenAPI {
    static let document: JSON = [
        "openapi": "3.1.0",
        "info": ["title": "Roost", "version": .text(Release.version), "description": "Virtual private servers: their tenants, plans, templates and operations. Sizes are bytes, CPU is millicores, times are UTC."],
        "security": [["token": []]],
        "paths": .object(paths),
        "webhooks": ["event": ["post": ["summary": "An event, as it is sent to webhooks", "requestBody": ["required": true, "content": Route.content(.eventMessage)], "responses": ["2XX": ["description": "Taken; whatever else is answered, it is sent again."]]]]],
        "components": [
            "schemas": .object(schemas),
            "securitySchemes": ["token": ["type": "http", "scheme": "bearer", "bearerFormat": "roost_…", "description": "What roost token create has shown. On the admins' unix socket nothing is needed."]],
        ],
    ]

    private static var paths: [String: JSON] {
        Dictionary(grouping: Route.all, by: \.publishedPath).mapValues { routes in .object(Dictionary(uniqueKeysWithValues: routes.map { ($0.method.lowercased(), $0.published) })) }
    }

    private static var schemas: [String: JSON] {
        let roots = Route.all.flatMap(\.bodies) + [.problem, .eventMessage]
        return Dictionary(roots.flatMap { Schema.named($0).objects }.map { ($0.name, $0.published) }) { first, _ in first }
    }
}

extension Schema.Named {
    /// An OpenAPI document: whoever reads it knows its form.
    static let description = Schema.Named("Description", "An OpenAPI document.", [], isOpen: true)
}

extension Route {
    /// The objects that it takes and gives.
    var bodies: [Schema.Named] {
        let given: Schema.Named? = switch gives {
        case .found(let schema), .resource(let schema), .created(let schema): schema
        case .listing(let listing): listing.envelope
        case .operation: .operation
        case .done, .changes, .stream: nil
        }
        return [takes, given].compactMap(\.self)
    }

    /// The answers, by status. Nil: one without a body, or a stream.
    var answers: [Int: Schema.Named?] { done.merging(isRehearsable ? [204: nil] : [:]) { $1 } }

    private var done: [Int: Schema.Named?] {
        switch gives {
        case .found(let schema): [200: schema]
        case .resource(let schema): method == "GET" ? [200: schema, 304: nil] : [200: schema]
        case .listing(let listing): [200: listing.envelope]
        case .created(let schema): [201: schema]
        case .done: [204: nil]
        case .operation: [202: .operation, 200: .operation]
        case .changes: [200: nil]
        case .stream: [101: nil]
        }
    }

    /// Every code that its problems may have.
    var codes: [Problem.Code] {
        // A bad token is refused wherever it is shown, and so is an unknown parameter.
        var codes = Set(refuses + [.unauthenticated, .rateLimitExceeded, .serviceError, .invalidInput])
        if access != .anyone, access != .caller { codes.insert(.forbidden) }
        if path.contains(":") { codes.insert(.notFound) }
        if takes != nil { codes.formUnion([.jsonError, .notFound]) }
        if takesIfMatch { codes.insert(.preconditionFailed) }
        if method == "POST" { codes.insert(.conflict) }  // of its Idempotency-Key
        return Problem.Code.allCases.filter(codes.contains)
    }

    fileprivate var publishedPath: String { path.split(separator: "/").map { $0.hasPrefix(":") ? "/{\($0.dropFirst())}" : "/\($0)" }.joined() }

    fileprivate var published: JSON {
        JSON.object(["operationId": .text(id), "summary": .text(says), "tags": [.text(noun)], "parameters": .list(parameters), "responses": .object(responses)])
            .with("requestBody", takes.map { ["required": .boolean(!takesNothingToo), "content": Self.content($0)] }).with("security", access == .anyone ? [] : nil)
    }

    /// The last of what is listed that its path names, or its first word.
    private var noun: String {
        let words = path.split(separator: "/").map(String.init)
        return words.last(where: Self.listed.contains) ?? words.dropFirst().first ?? words[0]
    }

    private static let listed = Set(all.compactMap { if case .listing(let listing) = $0.gives { listing.name } else { nil } })

    private var parameters: [JSON] {
        let inPath = path.split(separator: "/").filter { $0.hasPrefix(":") }.map { part in Self.parameter("path", Schema.Field(String(part.dropFirst()), schema(ofParameter: part.dropFirst()))) }
        var headers: [Schema.Field] = []
        if method == "POST" { headers.append(.optional("Idempotency-Key", .text(.init(pattern: "^[!-~]{1,255}$")), "The same request with the same key is done once, and answered as the first time, for 24 hours.")) }
        if gives.isOfChanges { headers.append(.optional("Last-Event-ID", .integer(0...Int64.max), "Go on after this event. Left out: from now on.")) }
        if takesIfMatch { headers.append(.optional("If-Match", .text(.init(pattern: EntityTag.pattern)), "Only if what it is about is as this ETag says (RFC 9110), or whatever it is: *.")) }
        if case .resource = gives, method == "GET" { headers.append(.optional("If-None-Match", .text(.init(pattern: EntityTag.pattern)), "Only if it is not as this ETag says.")) }
        if bodies.contains(where: { $0.name == Schema.Named.operation.name }) { headers.append(.optional("Prefer", .text(), "wait=N: answer once it has ended, or after N seconds (RFC 7240). What is no such preference is ignored.")) }
        return inPath + query.map { Self.parameter("query", $0) } + headers.map { Self.parameter("header", $0) }
    }

    private func schema(ofParameter name: Substring) -> Schema {
        switch name {
        case "id": path.hasPrefix("/v1/vps") ? .vpsID : .operationID
        case "token": .tokenID
        case "reason": .suspensionReason
        case "address": .address
        default: .name
        }
    }

    private var responses: [String: JSON] {
        var responses = Dictionary(uniqueKeysWithValues: answers.map { status, schema in
            ("\(status)", JSON.object(["description": .text(Self.reason(status))]).with("content", gives.isOfChanges && status == 200 ? Self.changes : schema.map(Self.content)).with("headers", headers(status)))
        })
        for (status, codes) in Dictionary(grouping: codes, by: \.status) {
            responses["\(status)"] = [
                "description": .text(codes.map { "\($0.rawValue): \($0.title)" }.joined(separator: "; ")), "content": ["application/problem+json": ["schema": Schema.named(.problem).published]],
            ]
        }
        return responses
    }

    private func headers(_ status: Int) -> JSON? {
        if status == 202 { return ["Location": Self.location] }
        if case .resource = gives, status != 204 { return ["ETag": ["description": "Another for each state that it is in.", "schema": ["type": "string"]]] }
        return nil
    }

    private static let location: JSON = ["description": "The operation.", "schema": ["type": "string"]]

    /// `event`: an Event, with its id; `operation`: an Operation, as often as it moves on; `end`: a Problem, and nothing more.
    private static let changes: JSON = ["text/event-stream": ["schema": ["type": "string"]]]

    private static func reason(_ status: Int) -> String { HTTPResponse.Status(code: status).reasonPhrase }

    fileprivate static func content(_ schema: Schema.Named) -> JSON { ["application/json": ["schema": Schema.named(schema).published]] }

    private static func parameter(_ place: String, _ field: Schema.Field) -> JSON {
        JSON.object(["name": .text(field.name), "in": .text(place), "required": .boolean(field.isRequired), "schema": field.schema.published]).with("description", field.says.isEmpty ? nil : .text(field.says))
    }
}

extension Route.Success {
    fileprivate var isOfChanges: Bool { if case .changes = self { true } else { false } }
}
