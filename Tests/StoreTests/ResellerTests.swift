internal import Domain
internal import GRDB
internal import NodeModel
internal import Testing

@testable internal import Store

struct ResellerTests {
    private let agent: Name
    private let one: Name
    private let two: Name
    private static let roomy = Quantities(vps: 9, cpuMillicores: 100_000, memoryBytes: 1 << 40, diskBytes: 1 << 40, addresses: 9)

    init() throws { (agent, one, two) = (try Name("agent"), try Name("agent-one"), try Name("agent-two")) }

    /// A reseller with two tenants, who may all have as much.
    private func bench(_ quota: Quantities = roomy) async throws -> Bench {
        let bench = try await Bench()
        _ = try await bench.store.createTenant(TenantRequest(name: agent, ceilings: Ceilings(quota), isReseller: true), by: "test")
        for name in [one, two] { _ = try await bench.store.createTenant(TenantRequest(name: name, ceilings: Ceilings(quota), reseller: agent), by: "test") }
        return bench
    }

    private func create(_ name: String, of tenant: Name, _ bench: Bench) async throws -> VPSRecord {
        try await bench.store.createVPS(try bench.request(name, tenant: tenant.text), operation: Bench.operation(), by: "test").0
    }

    @Test("Whatever is created and deleted by whom, together they never have more than the reseller's quota", arguments: 1...20)
    func ceiling(seed: UInt64) async throws {
        var random = Steps(state: seed)
        var refused = 0
        var quota = Self.roomy
        quota.vps = 4
        let bench = try await bench(quota)
        var there: [(Name, VPSRecord)] = []
        for step in 0..<40 {
            let tenant = [agent, one, two].randomElement(using: &random) ?? agent
            if let index = there.indices.randomElement(using: &random), Int.random(in: 0..<3, using: &random) == 0 {
                try await bench.store.forget(there.remove(at: index).1.id, operation: nil, failure: nil, by: "test")
            } else {
                do { there.append((tenant, try await create("v\(step)", of: tenant, bench))) } catch let refusal as Refusal {
                    let exceeded = [Exceeded(.vps, limit: 4, used: 4, requested: 1)]
                    #expect(there.count == 4)
                    refused += 1
                    #expect(refusal == (tenant == agent || there.allSatisfy { $0.0 == tenant } ? .quotaExceeded(exceeded) : .resellerQuotaExceeded(reseller: "agent", exceeded)))
                }
            }
            #expect(there.count <= 4)
            #expect(try await bench.store.tenant(agent).usage.vps == Int64(there.count))
            #expect(try await bench.store.tenant(one).usage.vps == Int64(there.count { $0.0 == one }))
        }
        #expect(refused > 0, "the quota was met")
    }

    /// xorshift64 (Marsaglia, 2003): the same for the same seed, which is not 0.
    private struct Steps: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    @Test("All tenants are shown as each is shown alone")
    func shown() async throws {
        let bench = try await bench()
        for (name, tenant) in [("web1", agent), ("web1", one), ("web2", one), ("web1", two)] { _ = try await create(name, of: tenant, bench) }
        _ = try await bench.create("web1")
        _ = try await bench.store.suspend(agent, vps: nil, .billing, Remark("late"), by: "test")
        _ = try await bench.store.suspend(one, vps: nil, .abuse, Remark(""), by: "test")
        _ = try await bench.store.suspend(one, vps: try Name("web1"), .admin, Remark(""), by: "test")
        var alone: [TenantRecord] = []
        for name in [try Name("acme"), agent, one, two] { alone.append(try await bench.store.tenant(name)) }
        #expect(try await bench.store.tenants() == alone)
        #expect(try await bench.store.tenants(of: agent) == Array(alone.dropFirst()))
        #expect(try await bench.store.vpses(reseller: agent).map(\.subject) == ["agent/web1", "agent-one/web1", "agent-one/web2", "agent-two/web1"])
    }

    @Test("What begins with a reseller's name is its own, and nobody else's")
    func names() async throws {
        let bench = try await bench()
        func create(_ name: String, of reseller: Name? = nil, isReseller: Bool = false) async throws { _ = try await bench.store.createTenant(TenantRequest(name: try Name(name), ceilings: Ceilings(), reseller: reseller, isReseller: isReseller), by: "test") }
        let taken = Refusal.wrongState("names that begin with agent- are for the tenants of the reseller agent")
        await #expect(throws: taken) { try await create("agent-three") }
        await #expect(throws: taken) { try await create("agent-inner", isReseller: true) }
        try await create("acme-shop")
        await #expect(throws: Refusal.wrongState("names that begin with acme- would be its tenants', and there is acme-shop already")) { try await bench.store.changeTenant(try Name("acme"), Ceilings(), isReseller: true, by: "test") }
        try await create("b-a")
        await #expect(throws: Refusal.wrongState("names that begin with b- would be its tenants', and there is b-a already")) { try await create("b", isReseller: true) }
        try await create("ac", isReseller: true)  // acme is not of it
        try await create("agents")
        try await create("agent-three", of: agent)
        #expect(try await bench.store.changeTenant(agent, Ceilings(), isReseller: true, by: "test").isReseller, "as it was")
    }

    @Test("A hundred creations at once by two of its tenants take exactly what the reseller has")
    func race() async throws {
        var quota = Self.roomy
        quota.addresses = 7
        let bench = try await bench(quota)
        let made = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<100 { group.addTask { (try? await create("v\(number)", of: number.isMultiple(of: 2) ? one : two, bench)) != nil } }  // the count says how many were refused
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(made == 7)
        #expect(try await bench.store.tenant(agent).usage.addresses == 7)
    }

    @Test("Who is suspended takes all that he owns with him, and what ran before runs again")
    func suspended() async throws {
        let bench = try await bench()
        let (own, theirs) = (try await create("web1", of: agent, bench), try await create("web1", of: one, bench))
        for record in [own, theirs] { try await bench.run(record) }
        let unpaid = try Remark("invoice 17")
        #expect(Set(try await bench.store.suspend(agent, vps: nil, .billing, unpaid, by: "clerk")) == [own.id, theirs.id])
        let seen = try await bench.store.vps(tenant: one, name: try Name("web1"))
        #expect(seen.power == .stopped && seen.suspensions.map(\.extent) == [.reseller] && seen.suspensions.map(\.detail) == [""], "what the reseller is told is his")
        #expect(try await bench.store.tenant(one).suspensions.words == "billing")
        #expect(try await bench.store.tenant(agent).suspensions.words == "billing (invoice 17)")
        await #expect(throws: Refusal.suspended("agent-one", [.billing])) { try await create("web2", of: one, bench) }
        await #expect(throws: Refusal.suspended("agent", [.billing])) { try await bench.store.createTenant(TenantRequest(name: try Name("agent-three"), ceilings: Ceilings(), reseller: agent), by: "test") }
        #expect(try await bench.store.suspend(one, vps: nil, .reseller, Remark("late"), by: "agent").isEmpty, "it stands still already")
        #expect(try await bench.store.unsuspend(agent, vps: nil, .billing, by: "clerk") == [own.id])
        #expect(try await bench.store.unsuspend(one, vps: nil, .reseller, by: "agent") == [theirs.id])
        #expect(try await bench.store.vps(tenant: one, name: try Name("web1")).power == .running)
        await #expect(throws: Refusal.wrongState("agent has no reseller")) { try await bench.store.suspend(agent, vps: nil, .reseller, unpaid, by: "test") }
    }

    @Test("Nobody is promised more than his reseller has; who owns somebody stays what he is")
    func ownership() async throws {
        let bench = try await bench()
        let exceeded = Refusal.resellerQuotaExceeded(reseller: "agent", [Exceeded(.vps, limit: 9, used: 0, requested: 10)])
        await #expect(throws: exceeded) { try await bench.store.changeTenant(one, Ceilings([.vps: 10]), by: "test") }
        await #expect(throws: exceeded) { try await bench.store.createTenant(TenantRequest(name: try Name("agent-three"), ceilings: Ceilings([.vps: 10]), reseller: agent), by: "test") }
        _ = try await bench.store.changeTenant(agent, Ceilings([.vps: 5]), by: "test")
        #expect(try await bench.store.changeTenant(one, Ceilings([.vps: 8]), by: "test").ceilings[.vps] == 8, "less than it was promised, though more than there is")
        await #expect(throws: Refusal.inUse(.tenant, "agent", by: "2 tenants that it owns")) { try await bench.store.deleteTenant(agent, by: "test") }
        await #expect(throws: Refusal.inUse(.tenant, "agent", by: "2 tenants that it owns")) { try await bench.store.changeTenant(agent, Ceilings(), isReseller: false, by: "test") }
        await #expect(throws: Refusal.wrongState("agent-one is agent's customer, and can own no tenants itself")) { try await bench.store.changeTenant(one, Ceilings(), isReseller: true, by: "test") }
        await #expect(throws: Refusal.wrongState("acme is no reseller")) { try await bench.store.createTenant(TenantRequest(name: try Name("acme-one"), ceilings: Ceilings(), reseller: try Name("acme")), by: "test") }
        await #expect(throws: DatabaseError.self, "the schema, too") { try await bench.store.pool.write { try $0.execute(sql: "UPDATE tenants SET is_reseller = 1 WHERE name = 'agent-one'") } }
        #expect(try await bench.store.resold(by: agent) == [one, two])
        for name in [one, two] { try await bench.store.deleteTenant(name, by: "test") }
        #expect(try await bench.store.resold(by: agent) == [])
        #expect(try await bench.store.resold(by: one) == nil)
        #expect(try await bench.store.changeTenant(agent, Ceilings(), isReseller: false, by: "test").isReseller == false)
        #expect(try await bench.store.resold(by: agent) == nil)
    }
}
