internal import Domain
internal import Identity
internal import NodeModel
internal import Store
internal import Testing

@testable internal import ControlPlane

@Suite(.timeLimit(.minutes(5)))
struct ResellerTests {
    private static let quota = Quantities(vps: 3, cpuMillicores: 2000, memoryBytes: 1 << 40, diskBytes: 1 << 40, addresses: 3)

    /// `agent` sells; its owner's scope, as he has it at each request.
    private static func run(_ body: (World, Name, @Sendable () async throws -> Scope) async throws -> Void) async throws {
        try await World.run { world in
            let agent = try Name("agent")
            _ = try await world.plane.createTenant(.admin, agent, quota, isReseller: true)
            let (_, text) = try await world.plane.createToken(.admin, try Name("panel"), of: agent, TokenTerms(role: .owner))
            try await body(world, agent) { try await world.plane.authenticate(text, from: "192.0.2.1") }
        }
    }

    private static func isForbidden(_ error: any Error) -> Bool { if case .forbidden = error as? ControlPlaneError { true } else { false } }
    private static func isConflict(_ error: any Error) -> Bool { if case .wrongState = refusal(error) { true } else { false } }

    @Test("A reseller makes, sees, changes and ends its own tenants, and nobody else's")
    func sells() async throws {
        try await Self.run { world, agent, scope in
            let one = try Name("agent-one")
            let made = try await world.plane.createTenant(try await scope(), one, Self.quota, externalID: try ExternalID("agent:17"))
            #expect(made.reseller == "agent" && !made.isReseller)
            #expect(try await world.plane.tenants(try await scope()).map(\.name) == ["agent", "agent-one"])
            let operation = try await world.plane.createVPS(try await scope(), tenant: one, try world.wish())
            #expect(try await world.ended(operation).vps?.state == .running)
            #expect(try await world.plane.operation(try await scope(), operation.id, wait: 0).record.id == operation.id)
            #expect(try await world.plane.vpses(try await scope(), tenant: nil).map(\.record.subject) == ["agent-one/web1"])
            #expect(try await world.plane.tenant(try await scope(), agent).usage.vps == 1)
            #expect(try await world.plane.changeTenant(try await scope(), one, Ceilings([.vps: 2])).ceilings[.vps] == 2)
            let (_, inner) = try await world.plane.createToken(try await scope(), try Name("theirs"), of: one, TokenTerms(role: .owner))
            let customer = try await world.plane.authenticate(inner, from: nil)
            await #expect { try await world.plane.tenants(customer) } throws: { Self.isForbidden($0) }
            await #expect { try await world.plane.tenant(customer, agent) } throws: { refusal($0) == .notFound(.tenant, "agent") }
            await #expect { try await world.plane.deleteTenant(try await scope(), one) } throws: { refusal($0) == .inUse(.tenant, "agent-one", by: "1 VPSes") }
            _ = try await world.ended(try await world.plane.deleteVPS(try await scope(), tenant: one, name: world.web1))
            try await world.plane.deleteTenant(try await scope(), one)
            #expect((try? await world.plane.authenticate(inner, from: nil)) == nil, "its tokens go with it")
        }
    }

    @Test("What a reseller may not", arguments: [
        "another name", "another's name", "a reseller of its own", "for another", "another's external id", "more for itself", "itself gone", "another suspended", "suspended for billing", "itself suspended", "be a reseller no more",
    ])
    func refused(what: String) async throws {
        try await Self.run { world, agent, scope in
            let (one, scope) = (try Name("agent-one"), try await scope())
            func create(_ name: String, externalID: String? = nil, reseller: Name? = nil, isReseller: Bool = false) async throws {
                _ = try await world.plane.createTenant(scope, try Name(name), Quantities(), externalID: try externalID.map { try ExternalID($0) }, reseller: reseller, isReseller: isReseller)
            }
            await #expect("\(what)") {
                switch what {
                case "another name": try await create("shop")
                case "another's name": try await create("acme")
                case "a reseller of its own": try await create("agent-one", isReseller: true)
                case "for another": try await create("acme-one", reseller: world.acme)
                case "another's external id": try await create("agent-one", externalID: "billing:17")
                case "more for itself": _ = try await world.plane.changeTenant(scope, agent, Ceilings([.vps: 100]))
                case "itself gone": try await world.plane.deleteTenant(scope, agent)
                case "another suspended": _ = try await world.plane.suspend(scope, world.acme, .reseller, try Remark(""))
                case "itself suspended": _ = try await world.plane.suspend(scope, agent, .reseller, try Remark(""))
                case "be a reseller no more": _ = try await world.plane.changeTenant(scope, agent, Ceilings(), isReseller: false)
                default:
                    try await create(one.text)
                    _ = try await world.plane.suspend(try await world.plane.rescoped(scope), one, .billing, try Remark(""))
                }
            } throws: {
                switch what {
                case "another name", "another's name", "another's external id", "a reseller of its own": Self.isConflict($0)
                case "another suspended": refusal($0) == .notFound(.tenant, "acme")
                default: Self.isForbidden($0)
                }
            }
        }
    }

    @Test("A reseller stops its customer, and may end what it stopped; what the platform stopped it may not")
    func suspends() async throws {
        try await Self.run { world, agent, scope in
            let one = try Name("agent-one")
            _ = try await world.plane.createTenant(try await scope(), one, Self.quota)
            for name in ["web1", "web2"] { _ = try await world.ended(try await world.plane.createVPS(try await scope(), tenant: one, try world.wish(name))) }
            _ = try await world.plane.suspend(try await scope(), one, .reseller, try Remark("invoice 3"))
            try await eventually { try await world.plane.vpses(try await scope(), tenant: one).allSatisfy { $0.state == .stopped } }
            _ = try await world.ended(try await world.plane.deleteVPS(try await scope(), tenant: one, name: world.web1))
            _ = try await world.plane.suspend(.admin, one, .abuse, try Remark(""))
            await #expect { try await world.plane.deleteVPS(try await scope(), tenant: one, name: try Name("web2")) } throws: { refusal($0) == .suspended("agent-one/web2", [.abuse]) }
            await #expect { try await world.plane.unsuspend(try await scope(), tenant: one, name: nil, .abuse) } throws: { Self.isForbidden($0) }
            let two = try Name("agent-two")
            _ = try await world.plane.createTenant(try await scope(), two, Self.quota)
            _ = try await world.plane.suspend(.admin, two, .abuse, try Remark(""))
            await #expect("nor made anew without it") { try await world.plane.deleteTenant(try await scope(), two) } throws: { refusal($0) == .suspended("agent-two", [.abuse]) }
            try await world.plane.unsuspend(.admin, tenant: one, name: nil, .abuse)
            try await world.plane.unsuspend(try await scope(), tenant: one, name: nil, .reseller)
            try await eventually { try await world.plane.vpses(try await scope(), tenant: one).allSatisfy { $0.state == .running } }
        }
    }

    @Test("A token that is held to some VPSes reaches no tenant of the reseller's, whatever theirs are called")
    func held() async throws {
        try await Self.run { world, agent, scope in
            let one = try Name("agent-one")
            _ = try await world.plane.createTenant(try await scope(), one, Self.quota)
            _ = try await world.ended(try await world.plane.createVPS(try await scope(), tenant: one, try world.wish()))
            let (_, text) = try await world.plane.createToken(.admin, try Name("held"), of: agent, TokenTerms(role: .owner, vpses: [world.web1]))
            let held = try await world.plane.authenticate(text, from: nil)
            await #expect { try await world.plane.vps(held, tenant: one, name: world.web1) } throws: { refusal($0) == .notFound(.tenant, "agent-one") }
            await #expect { try await world.plane.tenants(held) } throws: { Self.isForbidden($0) }
            #expect(try await world.plane.vpses(held, tenant: nil).isEmpty)
        }
    }

    @Test("Who follows a reseller's tenant is told nothing of whoever has the name after it")
    func followed() async throws {
        try await Self.run { world, agent, scope in
            let one = try Name("agent-one")
            _ = try await world.plane.createTenant(try await scope(), one, Self.quota)
            let follower = try await world.plane.follow(try await scope(), of: one, after: nil)
            try await world.plane.deleteTenant(.admin, one)
            _ = try await world.plane.createTenant(.admin, one, Self.quota, reseller: agent)
            func told() async throws -> [Change] {
                while true {
                    let changes = try await follower.next()
                    if !changes.isEmpty { return changes }
                }
            }
            await #expect { try await told() } throws: { refusal($0) == .notFound(.tenant, "agent-one") }
        }
    }

    @Test("Whoever sells to a tenant vouches for its user, once, soon, and as the user was")
    func signOn() async throws {
        try await Self.run { world, agent, scope in
            let (one, alice) = (try Name("agent-one"), try Name("alice"))
            _ = try await world.plane.createTenant(try await scope(), one, Self.quota)
            _ = try await world.plane.createUser(try await scope(), Login(alice, of: one), .owner, try Password("correct horse"))
            let visitor = Scope.nobody.asking(from: "192.0.2.9", request: "r")
            func isOver(_ error: any Error) -> Bool { if case .invalidCredentials = error as? ControlPlaneError { true } else { false } }
            let (ticket, _) = try await world.plane.issueSignOn(try await scope(), tenant: one, user: alice)
            let (_, text) = try await world.plane.redeemSignOn(visitor, ticket)
            let session = try await world.plane.authenticate(text, from: nil)
            #expect(session.reach == .tenant(one) && session.actor.hasPrefix("user agent-one/alice (signed on by token ") && session.terms?.role == .owner)
            let opened = try await world.store.events(EventFilter(kind: "session.opened"), limit: 1).first
            #expect(opened?.source == "192.0.2.9" && opened?.actor == session.actor)
            await #expect("once") { try await world.plane.redeemSignOn(visitor, ticket) } throws: { isOver($0) }

            let (replaced, _) = try await world.plane.issueSignOn(try await scope(), tenant: one, user: alice)
            let (stale, _) = try await world.plane.issueSignOn(.admin, tenant: one, user: alice)
            _ = try await world.plane.changeUser(.admin, Login(alice, of: one), password: try Password("another horse"), removesTOTP: false)
            await #expect("there is a later one") { try await world.plane.redeemSignOn(visitor, replaced) } throws: { isOver($0) }
            await #expect("he was changed") { try await world.plane.redeemSignOn(visitor, stale) } throws: { isOver($0) }
            let (orphan, _) = try await world.plane.issueSignOn(try await scope(), tenant: one, user: alice)
            for token in try await world.plane.tokens(.admin, of: agent) { try await world.plane.revokeToken(.admin, of: agent, token.id) }
            await #expect("nobody vouches any more") { try await world.plane.redeemSignOn(visitor, orphan) } throws: { isOver($0) }

            await #expect { try await world.plane.issueSignOn(session, tenant: one, user: alice) } throws: { Self.isForbidden($0) }
            await #expect { try await world.plane.issueSignOn(.admin, tenant: one, user: try Name("bob")) } throws: { refusal($0) == .notFound(.user, "agent-one/bob") }
        }
    }
}

extension ControlPlane {
    /// As he would have it at his next request.
    fileprivate func rescoped(_ scope: Scope) async throws -> Scope {
        guard let id = scope.token, let token = try await store.token(id), let tenant = token.tenant else { return scope }
        return Scope(token, resold: try await store.resold(by: tenant))
    }
}
