internal import ControlPlane
internal import Domain
internal import NodeModel
internal import Store
internal import Testing

@Suite(.timeLimit(.minutes(5)))
struct ScopeTests {
    @Test("A tenant does with its own VPSes as it may, and another's do not exist")
    func tenants() async throws {
        try await World.run { world in
            let other = try Name("other")
            _ = try await world.plane.createTenant(.admin, other, Quantities())
            let operation = try await world.plane.createVPS(.tenant(world.acme), tenant: world.acme, try world.wish())
            #expect(try await world.ended(operation).vps?.state == .running)
            #expect(try await world.plane.vpses(.tenant(world.acme), tenant: world.acme).count == 1)
            #expect(try await world.plane.vpses(.tenant(world.acme), tenant: nil).count == 1)
            #expect(try await world.plane.vpses(.tenant(other), tenant: nil).isEmpty)
            #expect(try await world.plane.operation(.tenant(world.acme), operation.id, wait: 0).record.id == operation.id)
            #expect(try await world.plane.events(.admin, limit: 20).contains { $0.kind == "vps.created" && $0.actor == "tenant acme" })
            // Who did it, but from where only to himself.
            let admin = Scope.admin.asking(from: "203.0.113.7", request: "0123456789abcdef")
            _ = try await world.plane.changeTenant(admin, world.acme, Ceilings([.vps: 8]))
            let seen = try await world.plane.events(.tenant(world.acme), of: world.acme, limit: 100)
            #expect(seen.first.map { ($0.actor, $0.source, $0.kind) } ?? ("", "", "") == ("admin", nil, "tenant.changed"))
            #expect(try await world.plane.events(.admin, of: world.acme, limit: 1).first?.source == "203.0.113.7")
            #expect(try await world.plane.operations(.tenant(world.acme), of: world.acme, limit: 9).map(\.record.id) == [operation.id])
            await #expect { try await world.plane.events(.tenant(other), of: world.acme, limit: 1) } throws: { refusal($0) == .notFound(.tenant, "acme") }
            let gone = Refusal.notFound(.tenant, "acme")
            await #expect { try await world.plane.vpses(.tenant(other), tenant: world.acme) } throws: { refusal($0) == gone }
            await #expect { try await world.plane.vps(.tenant(other), tenant: world.acme, name: world.web1) } throws: { refusal($0) == gone }
            await #expect { try await world.plane.deleteVPS(.tenant(other), tenant: world.acme, name: world.web1) } throws: { refusal($0) == gone }
            await #expect { try await world.plane.stopVPS(.tenant(other), tenant: world.acme, name: world.web1, force: true) } throws: { refusal($0) == gone }
            await #expect { try await world.plane.console(.tenant(other), tenant: world.acme, name: world.web1) } throws: { refusal($0) == gone }
            await #expect { try await world.plane.operation(.tenant(other), operation.id, wait: 0) } throws: { refusal($0) == .notFound(.operation, operation.id) }
        }
    }

    @Test("Whoever has a tenant's name after it sees nothing of its operations")
    func successor() async throws {
        try await World.run { world in
            let created = try await world.create().record.id
            _ = try await world.ended(try await world.plane.deleteVPS(.admin, tenant: world.acme, name: world.web1))
            try await world.plane.deleteTenant(.admin, world.acme)
            _ = try await world.plane.createTenant(.admin, world.acme, Quantities())
            #expect(try await world.plane.operations(.tenant(world.acme), of: world.acme, limit: 9).isEmpty)
            await #expect { try await world.plane.operation(.tenant(world.acme), created, wait: 0) } throws: { refusal($0) == .notFound(.operation, created) }
            #expect(try await world.plane.operation(.admin, created, wait: 0).record.id == created)
        }
    }

    @Test("A tenant does none of an admin's work")
    func forbidden() async throws {
        try await World.run { world in
            let scope = Scope.tenant(world.acme)
            let attempts: [(String, () async throws -> Void)] = [
                ("list tenants", { _ = try await world.plane.tenants(scope) }),
                ("raise its quota", { _ = try await world.plane.changeTenant(scope, world.acme, Ceilings([.vps: 1000])) }),
                ("delete itself", { try await world.plane.deleteTenant(scope, world.acme) }),
                ("make a plan", { _ = try await world.plane.createPlan(scope, world.web1, PlanTerms(cpuMillicores: 500, memoryBytes: 1 << 30, swapBytes: 0, diskBytes: 1 << 30, processes: 100, nesting: false)) }),
                ("delete a plan", { try await world.plane.deletePlan(scope, try Name("small")) }),
                ("build a template", { _ = try await world.plane.buildTemplate(scope, world.web1) }),
                ("delete a template", { try await world.plane.deleteTemplate(scope, try Name("busybox")) }),
                ("look up an id", { _ = try await world.plane.vps(scope, id: .random()) }),
                ("list nodes", { _ = try await world.plane.nodes(scope) }),
                ("list addresses", { _ = try await world.plane.addresses(scope) }),
                ("read events", { _ = try await world.plane.events(scope, limit: 1) }),
                ("list operations", { _ = try await world.plane.operations(scope, limit: 1) }),
                ("ask the doctor", { _ = try await world.plane.doctor(scope) }),
            ]
            for (label, attempt) in attempts {
                await #expect("\(label)") { try await attempt() } throws: { if case .forbidden = $0 as? ControlPlaneError { true } else { false } }
            }
        }
    }
}
