internal import Domain
internal import Foundation
internal import NodeModel

@testable internal import Store

/// A store in a folder of its own, with a tenant, a plan, a template and a node; removed with it.
final class Bench: Sendable {
    let path: String
    let store: Store

    init(pool: [String] = ["10.66.0.0/24"], quota: Quantities = Quantities(vps: 7, cpuMillicores: 100_000, memoryBytes: 1 << 40, diskBytes: 1 << 40, addresses: 1000), now: @escaping @Sendable () -> Int64 = Store.wallClock) async throws {
        path = Self.folder()
        store = try Store(path: "\(path)/roost.sqlite", holding: try StateFolder(path), now: now)
        try await store.adopt(node: "local", idBase: 65_536, pools: try AddressPool.parse(ipv4: pool, ipv6: ["fd66:6006::/48"]))
        try await store.recordCapacity(Self.capacity, ofNode: "local")
        try await store.replaceTemplates([TemplateObservation(name: "busybox", digest: String(repeating: "0a", count: 32), imageBytes: 1, minimumDiskBytes: 16 << 20, builtAt: 0, summary: "")])
        _ = try await store.createTenant(TenantRequest(name: try Name("acme"), ceilings: Ceilings(quota)), by: "test")
        _ = try await store.createPlan(try Name("small"), Self.terms, by: "test")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }  // best effort: a temporary folder

    static let capacity = NodeCapacity(hostname: "h", version: "1", kernel: "6.1", cgroupVersion: 2, cpuMillicores: 100_000, memoryBytes: 1 << 40, poolBytes: 1 << 40, poolFreeBytes: 1 << 40)
    static let terms = PlanTerms(cpuMillicores: 500, memoryBytes: 256 << 20, swapBytes: 0, diskBytes: 2 << 30, processes: 512, nesting: false)

    static func folder() -> String { NSTemporaryDirectory() + "roost-store-test-\(UUID().uuidString)" }

    func request(_ name: String, tenant: String = "acme", plan: String = "small", ratios: OvercommitRatios = OvercommitRatios(cpu: 1, memory: 1, disk: 1), idSlots: Int64 = 4000) throws -> VPSRequest {
        VPSRequest(
            tenant: try Name(tenant), name: try Name(name), plan: try Name(plan), template: try Name("busybox"), sshKeys: [], start: true, node: "local", ratios: ratios, idSlots: idSlots)
    }

    @discardableResult
    func create(_ name: String) async throws -> VPSRecord { try await store.createVPS(try request(name), operation: Self.operation(), by: "test").0 }

    /// As if the node had made it.
    func run(_ record: VPSRecord, pid: Int32 = 1) async throws {
        let operation = try await store.work(record.id)?.1?.id
        try await store.finish(operation, Observation(id: record.id, state: .running, generation: record.generation, initPid: pid), failure: nil, by: "test")
    }

    static func operation() -> String { String(UUID().uuidString.lowercased().filter { $0 != "-" }.prefix(16)) }
}
