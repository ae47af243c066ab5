internal import Domain
internal import NodeModel
internal import Store
internal import Testing

@testable internal import ControlPlane

@Suite(.timeLimit(.minutes(5)))
struct TokenTests {
    @Test("A token lets its bearer in as long as it is valid, and not a moment longer")
    func life() async throws {
        try await World.run { world in
            let (token, text) = try await world.plane.createToken(.admin, try Name("panel"), of: world.acme, TokenTerms(role: .owner))
            let scope = try await world.plane.authenticate(text, from: "192.0.2.1")
            #expect(scope.reach == .tenant(world.acme) && scope.actor.contains(token.id) && !scope.actor.contains(text))
            #expect(try await world.plane.tokens(.admin, of: world.acme).first?.lastUsedFrom == "192.0.2.1")
            let again = ControlPlane(store: world.store, link: world.node, policy: world.plane.policy, logger: world.plane.logger)
            try await again.prepare()
            #expect(try await again.authenticate(text, from: nil) == scope, "known after a restart")
            try await world.plane.revokeToken(.admin, of: world.acme, token.id)
            await #expect { try await world.plane.authenticate(text, from: nil) } throws: { Self.isUnauthenticated($0) }
        }
    }

    @Test("A token that has expired, is used from elsewhere, or never was lets nobody in")
    func refused() async throws {
        try await World.run { world in
            let (_, brief) = try await world.plane.createToken(.admin, try Name("brief"), of: world.acme, TokenTerms(role: .owner, expiresAt: world.store.time + 50))
            let (_, near) = try await world.plane.createToken(.admin, try Name("near"), of: world.acme, TokenTerms(role: .owner, sources: [try Network("10.0.0.0/8")]))
            try await eventually { (try? await world.plane.authenticate(brief, from: nil)) == nil }
            #expect(try await world.plane.authenticate(near, from: "10.9.9.9").reach == .tenant(world.acme))
            let last = near.last == "0" ? "1" : "0"
            for (text, source) in [(near, "11.0.0.1"), (near, nil), (near.dropLast() + last, "10.9.9.9"), ("", nil), ("roost", nil)] as [(String, String?)] {
                await #expect { try await world.plane.authenticate(text, from: source) } throws: { Self.isUnauthenticated($0) }
            }
        }
    }

    @Test("A tenant's tokens end with the tenant")
    func tenant() async throws {
        try await World.run { world in
            let (_, text) = try await world.plane.createToken(.admin, try Name("panel"), of: world.acme, TokenTerms(role: .owner))
            try await world.plane.deleteTenant(.admin, world.acme)
            await #expect { try await world.plane.authenticate(text, from: nil) } throws: { Self.isUnauthenticated($0) }
        }
    }

    @Test("Each role may do what is its own, and nothing else")
    func roles() async throws {
        try await World.run { world in
            let other = try Name("other")
            _ = try await world.plane.createTenant(.admin, other, Quantities())
            _ = try await world.plane.createVPS(.admin, tenant: world.acme, try world.wish())
            try await eventually { try await world.plane.vps(.admin, tenant: world.acme, name: world.web1).state == .running }
            let deeds: [(String, Verb, isOfTenant: Bool, @Sendable (Scope) async throws -> Void)] = [
                ("look at the tenant", .read, true, { _ = try await world.plane.tenant($0, world.acme) }),
                ("list its VPSes", .read, true, { _ = try await world.plane.vpses($0, tenant: world.acme) }),
                ("look at one", .read, true, { _ = try await world.plane.vps($0, tenant: world.acme, name: world.web1) }),
                ("restart it", .power, true, { _ = try await world.plane.startVPS($0, tenant: world.acme, name: world.web1) }),
                ("open its console", .access, true, { _ = try await world.plane.console($0, tenant: world.acme, name: world.web1) }),
                ("run a program in it", .access, true, { _ = try await world.plane.exec($0, tenant: world.acme, name: world.web1, ExecRequest(command: ["id"])) }),
                ("delete and make it again", .manage, true, { scope in
                    _ = try await world.plane.deleteVPS(scope, tenant: world.acme, name: world.web1)
                    try await eventually { try await world.plane.vpses(.admin, tenant: world.acme).isEmpty }
                    _ = try await world.plane.createVPS(scope, tenant: world.acme, try world.wish())
                }),
                ("list its tokens", .delegate, true, { _ = try await world.plane.tokens($0, of: world.acme) }),
                ("list tenants", .read, false, { _ = try await world.plane.tenants($0) }),
                ("list all VPSes that he may see", .read, true, { _ = try await world.plane.vpses($0, tenant: nil) }),
                ("change a quota", .administer, false, { _ = try await world.plane.changeTenant($0, other, Ceilings([.vps: 1])) }),
                ("list nodes", .administer, false, { _ = try await world.plane.nodes($0) }),
                ("list everybody's tokens", .administer, false, { _ = try await world.plane.tokens($0, of: nil) }),
            ]
            for role in Role.allCases {
                let (_, text) = try await world.plane.createToken(.admin, try Name(role.rawValue), of: role.isOfTenant ? world.acme : nil, TokenTerms(role: role))
                let scope = try await world.plane.authenticate(text, from: nil)
                for (label, verb, isOfTenant, deed) in deeds {
                    let isAllowed = role.verbs.contains(verb) && (isOfTenant || !role.isOfTenant)
                    await Self.expect(isAllowed ? nil : "forbidden", "\(role): \(label)") { try await deed(scope) }
                    try await world.settled()
                }
            }
            for (label, _, _, deed) in deeds { await Self.expect("unauthenticated", "nobody: \(label)") { try await deed(.nobody) } }
        }
    }

    @Test("Another tenant's is as if it did not exist, in every word")
    func strangers() async throws {
        try await World.run { world in
            let (other, nobody) = (try Name("other"), try Name("nobody"))
            _ = try await world.plane.createTenant(.admin, other, Quantities())
            _ = try await world.plane.createVPS(.admin, tenant: world.acme, try world.wish())
            let (_, text) = try await world.plane.createToken(.admin, try Name("panel"), of: other, TokenTerms(role: .owner))
            let scope = try await world.plane.authenticate(text, from: nil)
            let deeds: [@Sendable (Name) async throws -> Void] = [
                { _ = try await world.plane.tenant(scope, $0) }, { _ = try await world.plane.vpses(scope, tenant: $0) }, { _ = try await world.plane.vps(scope, tenant: $0, name: world.web1) },
                { _ = try await world.plane.stopVPS(scope, tenant: $0, name: world.web1, force: true) }, { _ = try await world.plane.deleteVPS(scope, tenant: $0, name: world.web1) },
                { _ = try await world.plane.console(scope, tenant: $0, name: world.web1) }, { _ = try await world.plane.createVPS(scope, tenant: $0, try world.wish("mine")) },
                { _ = try await world.plane.tokens(scope, of: $0) }, { _ = try await world.plane.createToken(scope, world.web1, of: $0, TokenTerms(role: .reader)) },
            ]
            for deed in deeds {
                await Self.expect("refused(Store.Refusal.notFound(Store.Refusal.Kind.tenant, \"acme\"))", "there") { try await deed(world.acme) }
                await Self.expect("refused(Store.Refusal.notFound(Store.Refusal.Kind.tenant, \"nobody\"))", "not there") { try await deed(nobody) }
            }
        }
    }

    @Test("A token for some VPSes neither sees nor touches the others")
    func someVPSes() async throws {
        try await World.run { world in
            for name in ["web1", "web2"] { _ = try await world.plane.createVPS(.admin, tenant: world.acme, try world.wish(name)) }
            let web2 = try Name("web2")
            let (_, text) = try await world.plane.createToken(.admin, try Name("half"), of: world.acme, TokenTerms(role: .owner, vpses: [world.web1]))
            let scope = try await world.plane.authenticate(text, from: nil)
            #expect(try await world.plane.vpses(scope, tenant: world.acme).map(\.record.name) == ["web1"])
            _ = try await world.plane.vps(scope, tenant: world.acme, name: world.web1)
            let hidden = "refused(Store.Refusal.notFound(Store.Refusal.Kind.vps, \"acme/web2\"))"
            await Self.expect(hidden, "look") { _ = try await world.plane.vps(scope, tenant: world.acme, name: web2) }
            await Self.expect(hidden, "stop") { _ = try await world.plane.stopVPS(scope, tenant: world.acme, name: web2, force: true) }
            await Self.expect(hidden, "delete") { _ = try await world.plane.deleteVPS(scope, tenant: world.acme, name: web2) }
            await Self.expect(hidden, "console") { _ = try await world.plane.console(scope, tenant: world.acme, name: web2) }
            let operation = try await world.plane.stopVPS(.admin, tenant: world.acme, name: web2, force: true)
            await Self.expect("refused(Store.Refusal.notFound(Store.Refusal.Kind.operation, \"\(operation.id)\"))", "its operation") { _ = try await world.plane.operation(scope, operation.id, wait: 0) }
            // Nor does it give what it has not.
            await Self.expect("forbidden", "a token for all") { _ = try await world.plane.createToken(scope, web2, of: world.acme, TokenTerms(role: .reader)) }
            _ = try await world.plane.createToken(scope, web2, of: world.acme, TokenTerms(role: .reader, vpses: [world.web1]))
            await Self.expect("invalid", "an admin's") { _ = try await world.plane.createToken(scope, try Name("up"), of: world.acme, TokenTerms(role: .admin)) }
        }
    }

    private static func isUnauthenticated(_ error: any Error) -> Bool { if case .unauthenticated = error as? ControlPlaneError { true } else { false } }

    /// `refusal`: how the error begins; nil: there is none that concerns who asks.
    static func expect(_ refusal: String?, _ label: String, _ deed: () async throws -> Void) async {
        do {
            try await deed()
            #expect(refusal == nil, "\(label): it was done")
        } catch {
            if let refusal { #expect("\(error)".hasPrefix(refusal), "\(label): \(error)") } else { Issue.record("\(label): \(error)") }
        }
    }
}

extension World {
    /// Nothing is under way with any VPS.
    func settled() async throws { try await eventually { try await plane.operations(.admin, limit: 1000).allSatisfy { $0.record.status != .pending } } }
}
