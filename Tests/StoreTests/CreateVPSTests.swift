internal import Domain
internal import GRDB
internal import NodeModel
internal import Testing

@testable internal import Store

struct CreateVPSTests {
    @Test("Of 200 creations at once against a quota of 7, 7 succeed, and 7 VPSes and leases exist")
    func race() async throws {
        let bench = try await Bench()
        let outcomes = await withTaskGroup { group in
            for number in 0..<200 {
                group.addTask { () -> String in
                    do {
                        _ = try await bench.store.createVPS(try bench.request("vps\(number)"), operation: Bench.operation(), by: "test")
                        return "made"
                    } catch Refusal.quotaExceeded(let exceeded) { return "denied \(exceeded.map(\.dimension.rawValue))" } catch { return "\(error)" }
                }
            }
            return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == ["made": 7, "denied [\"vps\"]": 193])
        let records = try await bench.store.vpses(tenant: nil)
        #expect(records.count == 7)
        #expect(Set(records.map(\.idSlot)) == Set(1...7))
        #expect(records.allSatisfy { $0.addresses.count == 2 })
        #expect(Set(records.flatMap(\.addresses).map(\.address)).count == 14)
        #expect(try await bench.store.leases().count == 14)
        #expect(try await bench.store.tenant(try Name("acme")).usage.vps == 7)
    }

    @Test("A quota exceeded by one byte is a denial, and leaves nothing")
    func oneByte() async throws {
        let bench = try await Bench(quota: Quantities(vps: 1, cpuMillicores: 500, memoryBytes: (256 << 20) - 1, diskBytes: 2 << 30, addresses: 1))
        await #expect(throws: Refusal.quotaExceeded([Exceeded(.memoryBytes, limit: (256 << 20) - 1, used: 0, requested: 256 << 20)])) { try await bench.create("web1") }
        #expect(try await bench.store.vpses(tenant: nil).isEmpty)
        #expect(try await bench.store.leases().isEmpty)
        #expect(try await bench.store.operations(limit: 10).isEmpty)
    }

    @Test("Addresses are the lowest free, and are leased again once the VPS is gone")
    func addresses() async throws {
        let bench = try await Bench(pool: ["10.66.0.0/29"])
        let first = try await bench.create("a")
        let second = try await bench.create("b")
        #expect(first.addresses.map(\.address) == ["10.66.0.2", "fd66:6006:0:1::1"])
        #expect(second.addresses.map(\.address) == ["10.66.0.3", "fd66:6006:0:2::1"])
        try await bench.run(first)
        _ = try await bench.store.requestDeletion(tenant: try Name("acme"), name: try Name("a"), despite: [], operation: Bench.operation(), by: "test")
        #expect(try await bench.create("c").addresses.first?.address == "10.66.0.4", "not free before the node says that it is gone")
        try await bench.store.forget(first.id, operation: nil, failure: nil, by: "test")
        let again = try await bench.create("a")
        #expect(again.addresses.first?.address == "10.66.0.2")
        #expect(again.idSlot == 1)
    }

    @Test("When the pool is empty, nothing is made")
    func exhausted() async throws {
        let bench = try await Bench(pool: ["10.66.0.0/30"])
        try await bench.create("a")
        await #expect(throws: Refusal.noAddress(.ipv4)) { try await bench.create("b") }
        #expect(try await bench.store.vpses(tenant: nil).map(\.name) == ["a"])
    }

    @Test("A node's own room is held too, whatever the quota says")
    func nodeRoom() async throws {
        let bench = try await Bench()
        var small = Bench.capacity
        small.cpuMillicores = 999
        small.poolBytes = 3 << 30
        try await bench.store.recordCapacity(small, ofNode: "local")
        try await bench.create("a")
        await #expect(throws: Refusal.nodeFull([Exceeded(.cpuMillicores, limit: 999, used: 500, requested: 500), Exceeded(.diskBytes, limit: 3 << 30, used: 2 << 30, requested: 2 << 30)])) {
            try await bench.create("b")
        }
        let request = try bench.request("b", ratios: OvercommitRatios(cpu: 2, memory: 1, disk: 2))
        _ = try await bench.store.createVPS(request, operation: Bench.operation(), by: "test")
    }

    @Test("Ranges of ids end", arguments: [1, 2] as [Int64])
    func idSlots(slots: Int64) async throws {
        let bench = try await Bench()
        if slots > 1 { _ = try await bench.store.createVPS(try bench.request("a", idSlots: slots), operation: Bench.operation(), by: "test") }
        await #expect(throws: Refusal.noIDSlot) { try await bench.store.createVPS(try bench.request("b", idSlots: slots), operation: Bench.operation(), by: "test") }
    }

    @Test("What does not exist is named; a name is taken once per tenant")
    func references() async throws {
        let bench = try await Bench()
        try await bench.create("web1")
        await #expect(throws: Refusal.nameTaken(.vps, "acme/web1")) { try await bench.create("web1") }
        await #expect(throws: Refusal.notFound(.tenant, "nobody")) { try await bench.store.createVPS(try bench.request("a", tenant: "nobody"), operation: Bench.operation(), by: "test") }
        await #expect(throws: Refusal.notFound(.plan, "none")) { try await bench.store.createVPS(try bench.request("a", plan: "none"), operation: Bench.operation(), by: "test") }
        _ = try await bench.store.createTenant(TenantRequest(name: try Name("other"), ceilings: Ceilings(Quantities(vps: 1, cpuMillicores: 500, memoryBytes: 1 << 30, diskBytes: 1 << 40, addresses: 1))), by: "test")
        _ = try await bench.store.createVPS(try bench.request("web1", tenant: "other"), operation: Bench.operation(), by: "test")
    }

    @Test("A plan whose disk can't hold the template is refused")
    func smallDisk() async throws {
        let bench = try await Bench()
        try await bench.store.replaceTemplates([TemplateObservation(name: "busybox", digest: String(repeating: "0a", count: 32), imageBytes: 1, minimumDiskBytes: (2 << 30) + 1, builtAt: 0, summary: "")])
        await #expect(throws: Refusal.diskTooSmall(template: "busybox", minimumBytes: (2 << 30) + 1, planBytes: 2 << 30)) { try await bench.create("a") }
    }

    @Test("The schema itself refuses what the code should never write", arguments: [
        ("a second VPS in one range of ids", "UPDATE vpses SET id_slot = 1"),
        ("a negative ceiling", "UPDATE quotas SET ceiling = -1"),
        ("a tenant with VPSes gone", "DELETE FROM tenants"),
        ("an event changed", "UPDATE events SET actor = 'nobody'"),
        ("an event deleted", "DELETE FROM events"),
        ("an id that is none", "UPDATE vpses SET id = '../etc/psw' WHERE id_slot = 1"),
        ("a name that is none", "UPDATE vpses SET name = 'a/b' WHERE id_slot = 1"),
        ("more seen than wanted", "UPDATE vpses SET observed_generation = generation + 1"),
        ("a second pending operation", "INSERT INTO operations (id, kind, subject, vps_id, grace_seconds, status, created_at) SELECT '0123456789abcdef', kind, subject, vps_id, 0, 'pending', 0 FROM operations LIMIT 1"),
        ("one address twice", "UPDATE address_leases SET address = '10.66.0.2' WHERE family = 'ipv4'"),
    ])
    func constraints(label: String, sql: String) async throws {
        let bench = try await Bench()
        try await bench.create("a")
        try await bench.create("b")
        await #expect(throws: DatabaseError.self, "\(label)") { try await bench.store.pool.write { try $0.execute(sql: sql) } }
    }
}
