internal import ControlPlane
internal import Domain
internal import FakeNode
internal import NodeModel
internal import Store
internal import Synchronization
internal import Testing

@Suite(.timeLimit(.minutes(5)))
struct ChangeTests {
    private static func terms(cpu: Int64 = 500, memory: Int64 = 256 << 20, disk: Int64 = 2 << 30, processes: Int64 = 512) -> PlanTerms {
        PlanTerms(cpuMillicores: cpu, memoryBytes: memory, swapBytes: 0, diskBytes: disk, processes: processes, nesting: false)
    }

    @Test("What grows is given to the node while the VPS runs, and counted against the quota")
    func grows() async throws {
        try await World.run { world in
            try await world.create()
            _ = try await world.plane.createPlan(.admin, try Name("large"), Self.terms(cpu: 2000, memory: 1 << 30))
            let changed = try await world.ended(try await world.plane.changeVPS(.tenant(world.acme), tenant: world.acme, name: world.web1, to: try Name("large")))
            #expect(changed.record.status == .succeeded && changed.vps?.state == .running && changed.vps?.record.plan == "large")
            #expect(world.puts.map { "\($0.generation) \($0.limits.cpuMillicores) \($0.limits.memoryBytes >> 20)" } == ["1 500 256", "2 2000 1024"])
            let usage = try await world.plane.tenant(.admin, world.acme).usage
            #expect((usage.cpuMillicores, usage.memoryBytes) == (2000, 1 << 30))
        }
    }

    @Test("Memory is taken only from one that is stopped")
    func shrinks() async throws {
        try await World.run { world in
            try await world.create()
            let tiny = try Name("tiny")
            _ = try await world.plane.createPlan(.admin, tiny, Self.terms(memory: 64 << 20))
            await #expect { try await world.plane.changeVPS(.admin, tenant: world.acme, name: world.web1, to: tiny) } throws: {
                refusal($0) == .wrongState("acme/web1: it runs, and the plan has less, or another, memory: stop it first")
            }
            _ = try await world.ended(try await world.plane.stopVPS(.admin, tenant: world.acme, name: world.web1, force: true))
            let changed = try await world.ended(try await world.plane.changeVPS(.admin, tenant: world.acme, name: world.web1, to: tiny))
            #expect(changed.record.status == .succeeded && changed.vps?.state == .stopped && changed.vps?.record.terms.memoryBytes == 64 << 20)
        }
    }

    @Test("Another disk, more than the quota, an unknown plan, and a tenant's change of what is suspended are refused, and nothing changes")
    func refused() async throws {
        try await World.run { world in
            let before = try #require(try await world.create().vps?.record)
            _ = try await world.plane.createPlan(.admin, try Name("roomy"), Self.terms(disk: 4 << 30))
            _ = try await world.plane.createPlan(.admin, try Name("huge"), Self.terms(cpu: 100_001))
            await #expect { try await world.plane.changeVPS(.admin, tenant: world.acme, name: world.web1, to: try Name("roomy")) } throws: {
                refusal($0) == .wrongState("acme/web1: its disk has 2147483648 bytes and cannot be resized, the plan's has 4294967296")
            }
            await #expect { try await world.plane.changeVPS(.admin, tenant: world.acme, name: world.web1, to: try Name("huge")) } throws: {
                refusal($0) == .quotaExceeded([Exceeded(.cpuMillicores, limit: 100_000, used: 500, requested: 99_501)])
            }
            await #expect { try await world.plane.changeVPS(.admin, tenant: world.acme, name: world.web1, to: try Name("none")) } throws: { refusal($0) == .notFound(.plan, "none") }
            #expect(try await world.shown().record == before)
            _ = try await world.plane.suspend(.admin, tenant: world.acme, name: world.web1, .abuse, try Remark(""))
            await #expect { try await world.plane.changeVPS(.tenant(world.acme), tenant: world.acme, name: world.web1, to: try Name("small")) } throws: { refusal($0) == .suspended("acme/web1", [.abuse]) }
        }
    }

    @Test("What somebody's own books call it is his own, found by it, and nobody else's to give")
    func externalIDs() async throws {
        try await World.run { world in
            let (seventeen, eighteen) = (try ExternalID("whmcs:17"), try ExternalID("whmcs:18"))
            var wish = try world.wish()
            wish.externalID = seventeen
            await #expect { try await world.plane.createVPS(.tenant(world.acme), tenant: world.acme, wish) } throws: { if case .forbidden = $0 as? ControlPlaneError { true } else { false } }
            #expect(try await world.ended(try await world.plane.createVPS(.admin, tenant: world.acme, wish)).vps?.record.externalID == "whmcs:17")
            wish.name = try Name("web2")
            await #expect { try await world.plane.createVPS(.admin, tenant: world.acme, wish) } throws: { refusal($0) == .nameTaken(.externalID, "whmcs:17") }
            _ = try await world.plane.createTenant(.admin, try Name("other"), Quantities(), externalID: eighteen)
            await #expect { try await world.plane.createTenant(.admin, try Name("another"), Quantities(), externalID: eighteen) } throws: { refusal($0) == .nameTaken(.externalID, "whmcs:18") }
            _ = try await world.ended(try await world.plane.deleteVPS(.admin, tenant: world.acme, name: world.web1))
            #expect(try await world.ended(try await world.plane.createVPS(.admin, tenant: world.acme, wish)).vps?.record.externalID == "whmcs:17", "free once what had it is gone")
        }
    }

    @Test("A guest that does not take a password is not said to have taken it")
    func password() async throws {
        try await World.run { world in
            try await world.create()
            // The fake guest's programs end with 7, and say what they were given.
            await #expect { try await world.plane.setRootPassword(.admin, tenant: world.acme, name: world.web1, try Password("correct horse")) } throws: { if case .wrongState(let why) = refusal($0) { why.hasPrefix("the guest did not take it") } else { false } }
            #expect(!(try await world.plane.events(.admin, limit: 100).contains { $0.kind == "vps.password.changed" }))
            #expect(world.node.state.withLock { state in state.requests.contains { if case .exec(_, let exec) = $0 { exec.command.first == "sh" && !exec.command.joined().contains("correct horse") } else { false } } })
        }
    }
}
