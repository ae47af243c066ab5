internal import Domain
internal import NodeModel
internal import Testing

@testable internal import Store

struct SuspensionTests {
    private let acme: Name
    private let web1: Name
    private let unpaid: Remark

    init() throws {
        acme = try Name("acme")
        web1 = try Name("web1")
        unpaid = try Remark("invoice 17")
    }

    @Test("Only what changes gets a new generation, and only once the last reason is gone does it run again")
    func reasons() async throws {
        let bench = try await Bench()
        try await bench.run(try await bench.create("web1"))
        let idle = try await bench.create("idle")
        try await bench.run(idle)
        let (_, stop) = try await bench.store.changePower(tenant: acme, name: try Name("idle"), .stop, graceSeconds: 0, operation: Bench.operation(), by: "test")
        try await bench.store.finish(stop.id, Observation(id: idle.id, state: .stopped, generation: 2), failure: nil, by: "test")
        let record = try await bench.store.vps(tenant: acme, name: web1)

        #expect(try await bench.store.suspend(acme, vps: nil, .billing, unpaid, by: "clerk") == [record.id])
        #expect(try await bench.store.suspend(acme, vps: web1, .abuse, Remark(""), by: "admin").isEmpty, "it stands still already")
        var suspended = try await bench.store.vps(tenant: acme, name: web1)
        #expect((suspended.desired, suspended.power, suspended.generation) == (.running, .stopped, 2))
        #expect(suspended.suspensions.map(\.reason) == [.abuse, .billing] && suspended.suspensions.map(\.extent) == [.vps, .tenant])
        #expect(try await bench.store.tenant(acme).suspensions.map(\.detail) == ["invoice 17"])

        #expect(try await bench.store.unsuspend(acme, vps: nil, .billing, by: "clerk").isEmpty)
        #expect(try await bench.store.unsuspend(acme, vps: nil, .abuse, by: "admin").isEmpty, "not the VPS's own")
        suspended = try await bench.store.vps(tenant: acme, name: web1)
        #expect((suspended.power, suspended.generation) == (.stopped, 2))
        #expect(try await bench.store.unsuspend(acme, vps: web1, .abuse, by: "admin") == [record.id])
        #expect(try await bench.store.unsuspend(acme, vps: web1, .abuse, by: "admin").isEmpty, "lifted already")
        let free = try await bench.store.vps(tenant: acme, name: web1)
        #expect((free.power, free.generation) == (.running, 3) && free.suspensions.isEmpty)
        #expect(try await bench.store.vps(tenant: acme, name: try Name("idle")).generation == 2, "what was stopped has nothing to do with it")
        #expect(try await bench.store.events(limit: 4).map { "\($0.actor): \($0.subject) \($0.kind) \($0.detail)" } == [
            "admin: acme/web1 vps.unsuspended abuse", "clerk: acme tenant.unsuspended billing", "admin: acme/web1 vps.suspended abuse", "clerk: acme tenant.suspended billing: invoice 17",
        ])
    }

    @Test("What is suspended is not started, restarted or added to; it can be stopped, and stays so afterwards")
    func refused() async throws {
        let bench = try await Bench()
        try await bench.run(try await bench.create("web1"))
        _ = try await bench.store.suspend(acme, vps: nil, .billing, unpaid, by: "clerk")
        for kind in [OperationRecord.Kind.start, .restart] {
            await #expect(throws: Refusal.suspended("acme/web1", [.billing])) {
                try await bench.store.changePower(tenant: acme, name: web1, kind, graceSeconds: 0, operation: Bench.operation(), by: "test")
            }
        }
        await #expect(throws: Refusal.suspended("acme", [.billing])) { try await bench.create("web2") }
        let (stopped, _) = try await bench.store.changePower(tenant: acme, name: web1, .stop, graceSeconds: 0, operation: Bench.operation(), by: "test")
        #expect((stopped.desired, stopped.generation) == (.stopped, 3))
        #expect(try await bench.store.unsuspend(acme, vps: nil, .billing, by: "clerk").isEmpty)
    }

    @Test("A suspension goes with what it is of, and is of nobody else")
    func belongs() async throws {
        let bench = try await Bench()
        let record = try await bench.create("web1")
        _ = try await bench.store.createTenant(TenantRequest(name: try Name("other"), ceilings: Ceilings(Quantities(vps: 1, cpuMillicores: 1000, memoryBytes: 1 << 30, diskBytes: 4 << 30, addresses: 1))), by: "test")
        let theirs = try await bench.store.createVPS(try bench.request("web1", tenant: "other"), operation: Bench.operation(), by: "test").0
        _ = try await bench.store.suspend(acme, vps: web1, .admin, unpaid, by: "test")
        _ = try await bench.store.suspend(acme, vps: nil, .quota, unpaid, by: "test")
        #expect(try await bench.store.vps(theirs.id)?.suspensions == [])
        try await bench.store.forget(record.id, operation: nil, failure: nil, by: "test")
        await #expect(throws: Refusal.notFound(.vps, "acme/web1")) { try await bench.store.suspend(acme, vps: web1, .admin, unpaid, by: "test") }
        try await bench.store.deleteTenant(acme, by: "test")
        #expect(try await bench.store.vpses(tenant: nil).map(\.power) == [.running])
    }
}
