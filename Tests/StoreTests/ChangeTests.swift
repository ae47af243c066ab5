internal import Domain
internal import NodeModel
internal import Testing

@testable internal import Store

struct ChangeTests {
    private let acme: Name
    private let web1: Name

    init() throws {
        acme = try Name("acme")
        web1 = try Name("web1")
    }

    @Test("The generation goes up with each change, and not where it is so already")
    func generations() async throws {
        let bench = try await Bench()
        try await bench.run(try await bench.create("web1"))
        let (same, start) = try await bench.store.changePower(tenant: acme, name: web1, .start, graceSeconds: 0, operation: Bench.operation(), by: "test")
        #expect((same.generation, same.desired) == (1, .running))
        try await bench.store.failOperation(start.id, OperationRecord.Failure(code: "conflict", detail: ""), by: "test")
        let (stopped, _) = try await bench.store.changePower(tenant: acme, name: web1, .stop, graceSeconds: 5, operation: Bench.operation(), by: "test")
        #expect((stopped.generation, stopped.desired) == (2, .stopped))
    }

    @Test("The same verb under way is joined; another is refused")
    func joining() async throws {
        let bench = try await Bench()
        try await bench.run(try await bench.create("web1"))
        let (_, first) = try await bench.store.changePower(tenant: acme, name: web1, .stop, graceSeconds: 5, operation: Bench.operation(), by: "test")
        let (_, second) = try await bench.store.changePower(tenant: acme, name: web1, .stop, graceSeconds: 5, operation: Bench.operation(), by: "test")
        #expect(first.id == second.id)
        await #expect(throws: Refusal.busy(operation: first.id, kind: "vps.stop")) {
            try await bench.store.changePower(tenant: acme, name: web1, .start, graceSeconds: 5, operation: Bench.operation(), by: "test")
        }
        await #expect(throws: Refusal.busy(operation: first.id, kind: "vps.stop")) { try await bench.store.requestDeletion(tenant: acme, name: web1, despite: [], operation: Bench.operation(), by: "test") }
    }

    @Test("Of what is in use nothing is deleted")
    func inUse() async throws {
        let bench = try await Bench()
        let record = try await bench.create("web1")
        await #expect(throws: Refusal.inUse(.tenant, "acme", by: "1 VPSes")) { try await bench.store.deleteTenant(acme, by: "test") }
        await #expect(throws: Refusal.inUse(.plan, "small", by: "1 VPSes")) { try await bench.store.deletePlan(try Name("small"), by: "test") }
        await #expect(throws: Refusal.inUse(.template, "busybox", by: "the creation of acme/web1")) { try await bench.store.checkTemplateIsFree(try Name("busybox")) }
        try await bench.store.forget(record.id, operation: nil, failure: nil, by: "test")
        try await bench.store.deleteTenant(acme, by: "test")
        try await bench.store.deletePlan(try Name("small"), by: "test")
        #expect(try await bench.store.tenants().isEmpty)
    }

    @Test("An abandoned creation holds its quota, ids and addresses, but not its name, until the node has removed it")
    func abandoned() async throws {
        let bench = try await Bench()
        let (record, operation) = try await bench.store.createVPS(try bench.request("web1"), operation: Bench.operation(), by: "test")
        try await bench.store.abandon(record.id, operation: operation.id, OperationRecord.Failure(code: "node_unavailable", detail: "away"), by: "test")
        #expect(try await bench.store.vpses(tenant: nil).isEmpty)
        #expect(try await bench.store.tenant(acme).usage.vps == 1)
        let again = try await bench.create("web1")
        #expect(again.idSlot == 2)
        #expect(again.addresses.first?.address == "10.66.0.3")
        try await bench.store.forget(record.id, operation: nil, failure: nil, by: "test")
        #expect(try await bench.store.tenant(acme).usage.vps == 1)
    }

    @Test("Ceilings change one by one, and events say by whom")
    func ceilings() async throws {
        let bench = try await Bench()
        let tenant = try await bench.store.changeTenant(acme, Ceilings([.vps: 9]), by: "admin")
        #expect(tenant.ceilings[.vps] == 9)
        #expect(tenant.ceilings[.addresses] == 1000)
        let event = try await bench.store.events(limit: 1).first
        #expect(event?.kind == "tenant.changed" && event?.actor == "admin" && event?.detail == "vps=9")
    }

    @Test("A pool that left the settings leases no more, and keeps its leases")
    func pools() async throws {
        let bench = try await Bench()
        try await bench.create("a")
        try await bench.store.adopt(node: "local", idBase: 65_536, pools: try AddressPool.parse(ipv4: ["10.67.0.0/24"], ipv6: []))
        #expect(try await bench.create("b").addresses.map(\.address) == ["10.67.0.2"])
        #expect(try await bench.store.leases().count == 3)
    }

    @Test("The ids of VPSes that there are do not move")
    func idBase() async throws {
        let bench = try await Bench()
        try await bench.store.adopt(node: "local", idBase: 131_072, pools: [])
        try await bench.store.adopt(node: "local", idBase: 65_536, pools: try AddressPool.parse(ipv4: ["10.66.0.0/24"], ipv6: []))
        try await bench.create("a")
        await #expect(throws: Refusal.self) { try await bench.store.adopt(node: "local", idBase: 131_072, pools: []) }
    }
}

struct SeenTests {
    private func record(generation: Int64 = 2, observed: Int64 = 2, _ state: Observation.State = .running, desired: VPSSpecification.Power = .running) async throws -> VPSRecord {
        let bench = try await Bench()
        var record = try await bench.create("web1")
        (record.generation, record.observedGeneration, record.observedState, record.desired, record.initPid) = (generation, observed, state, desired, state == .running ? 5 : nil)
        return record
    }

    private func seen(_ state: Observation.State, generation: Int64 = 2, pid: Int32? = nil, halted: Bool = false, in record: VPSRecord, whole: Bool = false) -> Seen {
        Seen.of(Observation(id: record.id, state: state, generation: generation, initPid: pid, haltedByGuest: halted), in: record, whole: whole)
    }

    @Test("What is known already, and what passes, changes nothing")
    func nothing() async throws {
        let record = try await record()
        #expect(seen(.running, pid: 5, in: record) == .nothing)
        #expect(seen(.starting, in: record) == .nothing)
        #expect(seen(.stopping, in: record) == .nothing)
        #expect(seen(.stopped, generation: 1, in: record) == .nothing, "overtaken")
    }

    @Test("A poweroff inside is wanted: the VPS stays off, in a new generation")
    func halted() async throws {
        guard case .changed(let change) = seen(.stopped, halted: true, in: try await record()) else {
            Issue.record("nothing changed")
            return
        }
        #expect((change.desired, change.generation, change.observedGeneration, change.event) == (.stopped, 3, 2, "vps.halted"))
    }

    @Test("A poweroff before the last start does not undo the start")
    func haltedEarlier() async throws {
        guard case .changed(let change) = seen(.stopped, halted: true, in: try await record(generation: 3)) else {
            Issue.record("nothing changed")
            return
        }
        #expect((change.desired, change.generation) == (.running, 3))
    }

    @Test("A crash is seen, and the wish to run stays")
    func failed() async throws {
        guard case .changed(let change) = seen(.failed, in: try await record()) else {
            Issue.record("nothing changed")
            return
        }
        #expect((change.desired, change.state, change.event) == (.running, .failed, "vps.failed"))
    }

    @Test("A node that knows a later generation is believed: the next change goes above it")
    func later() async throws {
        guard case .changed(let change) = seen(.running, generation: 9, pid: 5, in: try await record()) else {
            Issue.record("nothing changed")
            return
        }
        #expect((change.generation, change.observedGeneration) == (9, 9))
    }

    @Test("What a node lists whole counts even if it is earlier")
    func whole() async throws {
        guard case .changed(let change) = seen(.stopped, generation: 1, in: try await record(), whole: true) else {
            Issue.record("nothing changed")
            return
        }
        #expect((change.state, change.observedGeneration) == (.stopped, 1))
    }
}
