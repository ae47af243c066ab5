internal import ControlPlane
internal import Domain
internal import FakeNode
internal import NodeModel
internal import Store
internal import Synchronization
internal import Testing

@Suite(.timeLimit(.minutes(5)))
struct SuspensionTests {
    private let none: Remark

    init() throws { none = try Remark("") }

    private static func running(_ world: World) -> Int { world.node.state.withLock { $0.vpses.values.count { $0.state == .running } } }

    @Test("Nothing of a suspended tenant's runs, and afterwards what ran before runs again, and only that")
    func tenant() async throws {
        try await World.run { world in
            try await world.create("web1")
            try await world.create("web2")
            try await world.create("idle", start: false)
            let tenant = try await world.plane.suspend(.admin, world.acme, .billing, try Remark("invoice 17"))
            #expect(tenant.suspensions.map(\.reason) == [.billing])
            try await eventually { Self.running(world) == 0 }
            try await eventually { try await world.plane.vpses(.admin, tenant: world.acme).allSatisfy { $0.state == .stopped && $0.reason == "suspended: billing (invoice 17)" } }
            let owner = Scope.tenant(world.acme)
            await #expect { try await world.plane.startVPS(owner, tenant: world.acme, name: world.web1) } throws: { refusal($0) == .suspended("acme/web1", [.billing]) }
            await #expect { try await world.plane.deleteVPS(owner, tenant: world.acme, name: world.web1) } throws: { refusal($0) == .suspended("acme/web1", [.billing]) }
            try await world.plane.unsuspend(.admin, tenant: world.acme, name: nil, .billing)
            try await eventually { Self.running(world) == 2 }
            try await eventually { try await world.plane.vpses(.admin, tenant: world.acme).map(\.state) == [.stopped, .running, .running] }
        }
    }

    @Test("A guest that shuts down because it is suspended has not wished it")
    func halted() async throws {
        try await World.run { world in
            let id = try #require(try await world.create().vps).record.id
            world.node.after.withLock {
                $0 = { request in
                    guard case .put(let specification, _) = request, specification.power == .stopped else { return }
                    world.node.happens(Observation(id: specification.id, state: .stopped, generation: specification.generation, haltedByGuest: true))
                }
            }
            _ = try await world.plane.suspend(.admin, tenant: world.acme, name: world.web1, .abuse, none)
            try await eventually { try await world.shown().state == .stopped }
            try await world.plane.unsuspend(.admin, tenant: world.acme, name: world.web1, .abuse)
            try await eventually { try await world.shown().state == .running }
            #expect(try await world.shown().record.id == id)
        }
    }

    @Test("A node that fails to stop it is asked until it does")
    func again() async throws {
        try await World.run { world in
            try await world.create()
            let refusals = Box(3)
            world.node.before.withLock {
                $0 = { request throws(NodeLinkError) in
                    guard case .put(let specification, _) = request, specification.power == .stopped, refusals.takeOne() else { return }
                    throw .problem(NodeProblem(.failed, "not today"))
                }
            }
            _ = try await world.plane.suspend(.admin, tenant: world.acme, name: world.web1, .abuse, none)
            try await eventually { try await world.shown().state == .stopped }
            #expect(world.puts.filter { $0.power == .stopped }.count == 4)
        }
    }

    @Test("It holds across the node's absence")
    func absence() async throws {
        try await World.run { world in
            try await world.create()
            world.node.goAway()
            try await eventually { try await world.plane.nodes(.admin).first?.online == false }
            _ = try await world.plane.suspend(.admin, world.acme, .admin, none)
            world.node.comeBack()
            try await eventually { Self.running(world) == 0 }
        }
    }

    @Test("Each reason is put and lifted only by who may", arguments: SuspensionReason.allCases.filter { $0 != .reseller })
    func reasons(reason: SuspensionReason) async throws {
        try await World.run { world in
            try await world.create()
            let (_, text) = try await world.plane.createToken(.admin, try Name("clerk"), of: nil, TokenTerms(role: .clerk))
            let clerk = try await world.plane.authenticate(text, from: nil)
            func attempts(_ scope: Scope) async -> [Bool] {
                let attempts: [() async throws -> Void] = [
                    { _ = try await world.plane.suspend(scope, world.acme, reason, none) }, { _ = try await world.plane.suspend(scope, tenant: world.acme, name: world.web1, reason, none) },
                    { try await world.plane.unsuspend(scope, tenant: world.acme, name: nil, reason) }, { try await world.plane.unsuspend(scope, tenant: world.acme, name: world.web1, reason) },
                ]
                var done: [Bool] = []
                for attempt in attempts {
                    do {
                        try await attempt()
                        done.append(true)
                    } catch ControlPlaneError.forbidden { done.append(false) } catch { Issue.record("\(error)") }
                }
                return done
            }
            #expect(await attempts(clerk) == Array(repeating: reason == .billing, count: 4))
            #expect(await attempts(.tenant(world.acme)) == Array(repeating: false, count: 4))
            #expect(await attempts(.admin) == Array(repeating: true, count: 4))
        }
    }
}
