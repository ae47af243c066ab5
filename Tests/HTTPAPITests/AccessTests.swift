internal import ControlPlane
internal import Domain
internal import Foundation
internal import Store
internal import Testing

@testable internal import HTTPAPI

/// Made from the routes: none can be forgotten.
@Suite(.timeLimit(.minutes(5)))
struct AccessTests {
    /// Somebody with a token, or without.
    struct Principal: Sendable {
        var label: String
        var terms: TokenTerms?
        var tenant: String?
        var token: String?

        /// Its tenants are `agent-…`.
        var isReseller: Bool { tenant == "agent" && terms?.vpses == nil }
    }

    @Test("Every route answers every role as its rule says", arguments: Route.all)
    func roles(route: Route) async throws { try await ask(route, about: "acme") }

    @Test("Of a reseller's tenants its roles may do what they may of its own, and sell", arguments: Route.all.filter { $0.path.contains(":tenant") })
    func resellers(route: Route) async throws { try await ask(route, about: "agent-one") }

    private func ask(_ route: Route, about tenant: String) async throws {
        try await Self.world { world in
            for principal in world.principals {
                let path = world.path(route, tenant: tenant, reason: principal.isReseller ? "reseller" : "billing")
                let answer = try await world.asker.ask(route.method, path, token: principal.token, try world.body(route))
                // A user has all VPSes, and a webhook tells of all: who has some only can give that to nobody.
                let isTooMuch = ["createUserOfTenant", "createWebhookOfTenant"].contains(route.id) && principal.terms?.vpses != nil
                let wanted = Self.verdict(route, principal, about: tenant)
                #expect(Self.verdict(answer, about: tenant) == (isTooMuch && wanted == .allowed ? .forbidden : wanted), "\(route.id) as \(principal.label): \(answer.status) \(answer.body)")
                #expect(answer.status < 500, "\(route.id) as \(principal.label): \(answer.body)")
            }
        }
    }

    enum Verdict { case unauthenticated, forbidden, hidden, allowed }

    private static func verdict(_ answer: Asker.Answer, about tenant: String) -> Verdict {
        switch answer.code {
        case "unauthenticated": .unauthenticated
        case "forbidden": .forbidden
        case "not_found" where answer.body.contains("there is no tenant \(tenant)\""): .hidden
        default: .allowed
        }
    }

    private static func verdict(_ route: Route, _ principal: Principal, about tenant: String) -> Verdict {
        if route.access == .anyone { return .allowed }
        guard let terms = principal.terms else { return .unauthenticated }
        let owns = principal.isReseller && tenant.hasPrefix("agent-")
        switch route.access {
        case .anyone, .caller: return .allowed
        case .platform(let verb): return !terms.role.isOfTenant && terms.allowed.contains(verb) ? .allowed : .forbidden
        case .seller(let verb, let platform):
            if !terms.role.isOfTenant { return terms.allowed.contains(platform) ? .allowed : .forbidden }
            guard principal.isReseller, terms.allowed.contains(verb) else { return .forbidden }
            return owns || !route.path.contains(":tenant") ? .allowed : .hidden
        case .tenant(let verb):
            if terms.role.isOfTenant, principal.tenant != tenant, !owns { return .hidden }
            return terms.allowed.contains(verb) ? .allowed : .forbidden
        }
    }

    @Test("Another tenant's is answered as what does not exist, word for word", arguments: Route.all.filter(\.isAboutOneTenants))
    func crossTenant(route: Route) async throws {
        try await Self.world { world in
            let owner = try #require(world.principals.first { $0.label == "owner of acme" }?.token)
            let held = try #require(world.principals.first { $0.label == "owner of acme for web2" }?.token)
            var pairs: [(String, there: String, nowhere: String)] = []
            let agent = try #require(world.principals.first { $0.label == "owner of agent" }?.token)
            if route.path.contains(":tenant") { pairs.append((agent, world.path(route, tenant: "acme"), world.path(route, tenant: "elsewhere"))) }
            if case .tenant = route.access { pairs.append((owner, world.path(route, tenant: "other"), world.path(route, tenant: "elsewhere"))) }
            if case .tenant = route.access, route.path.contains(":name") {
                pairs.append((owner, world.path(route, tenant: "acme", name: "secret"), world.path(route, tenant: "acme", name: "never")))
                pairs.append((held, world.path(route, tenant: "acme", name: "web1"), world.path(route, tenant: "acme", name: "web9")))
            }
            if route.path.hasPrefix("/v1/operations/:id") { for token in [owner, held, agent] { pairs.append((token, route.path.replacing(":id", with: world.operation), route.path.replacing(":id", with: "0123456789abcdef"))) } }
            if route.path.hasSuffix("/tenants/:tenant/tokens/:token") { pairs.append((owner, "/v1/tenants/acme/tokens/\(world.token)", "/v1/tenants/acme/tokens/0123456789abcdef")) }
            #expect(!pairs.isEmpty)
            for (token, there, nowhere) in pairs {
                let body = try world.body(route)
                let (first, second) = (try await world.asker.ask(route.method, there, token: token, body), try await world.asker.ask(route.method, nowhere, token: token, body))
                #expect(first.status == 404 && second.status == 404, "\(route.id) \(there): \(first) \(second)")
                func blank(_ answer: Asker.Answer, _ path: String) -> String { path.split(separator: "/").reduce(answer.withoutID) { $0.replacing($1, with: "") } }
                #expect(blank(first, there) == blank(second, nowhere), "\(route.id)")
            }
        }
    }

    static let hostile: [(label: String, text: String)] = [
        ("empty", ""), ("newline", "web1\nroot::0:0::/:/bin/sh"), ("carriage return", "web1\r"), ("NUL", "web1\0"), ("leading hyphen", "-rf"), ("substitution", "$(reboot)"), ("backquotes", "`reboot`"),
        ("semicolon", "a;reboot"), ("quote", "a'b"), ("double quote", "a\"b"), ("path", "../../etc/passwd"), ("percent", "%2e%2e%2f"), ("64 KiB", String(repeating: "a", count: 60_000)), ("right to left", "a\u{202E}b"),
        ("a format", "%s%n"), ("SQL", "' OR 1=1 --"), ("combining", "e\u{301}"), ("noncharacter", "\u{FFFE}"), ("escape sequence", "\u{1B}[2J"),
    ]

    @Test("Every text in every body refuses what its description excludes, and gives back the rest as it was", arguments: Route.all.filter { $0.takes != nil })
    func hostileTexts(route: Route) async throws {
        try await Self.world { world in
            let admin = world.principals[1].token
            let schema = try #require(route.takes)
            let role = route.path.contains(":tenant") ? "owner" : "admin"
            for (place, form) in Example.texts(.named(schema)) {
                for (label, text) in Self.hostile {
                    let body = Example.putting(text, at: place[...], of: try Example.body(schema, role: role))
                    let answer = try await world.asker.ask(route.method, world.path(route, tenant: "acme"), token: admin, try JSONSerialization.data(withJSONObject: body))
                    let isAllowed = try form.allows(text)
                    #expect((answer.status == 400) == !isAllowed, "\(route.id) \(place.joined(separator: ".")) \(label): \(answer.status) \(answer.body)")
                    guard isAllowed, answer.status == 200 else { continue }
                    let said = String(decoding: try JSONEncoder().encode(text), as: UTF8.self).replacing("\\/", with: "/")
                    #expect(answer.body.contains(said), "\(route.id) \(label): \(answer.body)")
                }
            }
        }
    }

    /// What is in each tenant's, and who asks.
    struct World: Sendable {
        let asker: Asker
        let principals: [Principal]
        /// Of the other tenant.
        let operation: String
        let token: String

        /// Only what is there can be hidden or not; only what is not there can be deleted again and again.
        func path(_ route: Route, tenant: String, name: String? = nil, reason: String = "billing") -> String {
            let name = name ?? (route.method == "GET" ? "web1" : "none")
            return route.path.split(separator: "/").map { part in
                switch part {
                case ":tenant": "/\(tenant)"
                case ":name", ":plan", ":template", ":user", ":webhook": "/\(name)"
                case ":id": route.path.hasPrefix("/v1/vps") ? "/aaaaaaaaaa" : "/0123456789abcdef"
                case ":token": "/0123456789abcdef"
                case ":reason": "/\(reason)"
                case ":address": "/10.66.0.2"
                default: "/\(part)"
                }
            }.joined() + (route.query.contains(where: \.isRequired) ? "?command=id" : "")
        }

        func body(_ route: Route) throws -> Data? {
            guard let schema = route.takes else { return nil }
            var body = try Example.body(schema, role: route.path.contains(":tenant") ? "reader" : "clerk")
            if route.id == "createVPS" { body["plan"] = "none" }
            for field in ["externalID", "isReseller", "reseller"] { body[field] = nil }  // for some callers only
            if schema.name == Schema.Named.tokenCreate.name { body["vps"] = ["web2"] }
            return try JSONSerialization.data(withJSONObject: body)
        }
    }

    private static func world(_ body: (World) async throws -> Void) async throws {
        try await Served.running(bySocket: false) { served in
            let plane = served.plane
            let (acme, other) = (try Name("acme"), try Name("other"))
            _ = try await plane.createTenant(.admin, other, Quantities(vps: 2, cpuMillicores: 1_000_000, memoryBytes: 1 << 40, diskBytes: 1 << 40, addresses: 2))
            let (agent, one) = (try Name("agent"), try Name("agent-one"))
            _ = try await plane.createTenant(.admin, agent, Quantities(vps: 2, cpuMillicores: 1_000_000, memoryBytes: 1 << 40, diskBytes: 1 << 40, addresses: 2), isReseller: true)
            _ = try await plane.createTenant(.admin, one, Quantities(vps: 2, cpuMillicores: 1_000_000, memoryBytes: 1 << 40, diskBytes: 1 << 40, addresses: 2), reseller: agent)
            _ = try await plane.createVPS(.admin, tenant: one, VPSWish(name: try Name("web1"), plan: try Name("small"), template: try Name("busybox"), sshKeys: [], start: false))
            let operation = try await plane.createVPS(.admin, tenant: other, VPSWish(name: try Name("secret"), plan: try Name("small"), template: try Name("busybox"), sshKeys: [], start: false))
            var principals = [Principal(label: "nobody")]
            func add(_ label: String, _ terms: TokenTerms, _ tenant: Name?) async throws {
                let (_, text) = try await plane.createToken(.admin, try Name("t\(principals.count)"), of: tenant, terms)
                principals.append(Principal(label: label, terms: terms, tenant: tenant?.text, token: text))
            }
            try await add("admin", TokenTerms(role: .admin), nil)
            try await add("clerk", TokenTerms(role: .clerk), nil)
            try await add("owner of acme", TokenTerms(role: .owner), acme)
            try await add("member of acme", TokenTerms(role: .member), acme)
            try await add("reader of acme", TokenTerms(role: .reader), acme)
            for role in [Role.owner, .member, .reader] { try await add("\(role) of other", TokenTerms(role: role), other) }
            for role in [Role.owner, .member, .reader] { try await add("\(role) of agent", TokenTerms(role: role), agent) }
            try await add("owner of agent for web1", TokenTerms(role: .owner, vpses: [try Name("web1")]), agent)
            try await add("owner of agent-one", TokenTerms(role: .owner), one)
            try await add("owner of acme for web2", TokenTerms(role: .owner, vpses: [try Name("web2")]), acme)
            try await add("power of acme", TokenTerms(role: .owner, verbs: [.power]), acme)
            try await add("admin who administers", TokenTerms(role: .admin, verbs: [.administer]), nil)
            let token = try #require(try await plane.tokens(.admin, of: other).first).id
            let world = World(asker: Asker(plane), principals: principals, operation: operation.id, token: token)
            try await body(world)
        }
    }
}

extension Route {
    /// Whether what its path names is some tenant's. What it does not name is the platform's, which a tenant's token is refused as such.
    fileprivate var isAboutOneTenants: Bool { path.contains(":tenant") || path.hasPrefix("/v1/operations/:id") }
}

extension Route: CustomTestStringConvertible {
    package var testDescription: String { id }
}
