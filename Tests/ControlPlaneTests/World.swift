internal import ControlPlane
internal import Domain
internal import FakeNode
internal import Foundation
internal import Logging
internal import NodeModel
internal import Store
internal import Synchronization
internal import Testing

/// A control plane over a store of its own and a fake node, with a tenant `acme`, a plan `small` and a template `busybox`.
struct World: Sendable {
    let path: String
    let store: Store
    let node: FakeNode
    let plane: ControlPlane
    let acme: Name
    let web1: Name

    /// The reconciler runs while `body` does.
    static func run(vps: Int64 = 7, node: FakeNode = FakeNode(), absence: Duration = .seconds(30), now: @escaping @Sendable () -> Int64 = Store.wallClock, _ body: (World) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "roost-plane-test-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }  // best effort: a temporary folder
        let store = try Store(path: "\(path)/roost.sqlite", holding: try StateFolder(path), now: now)
        let world = try World(path: path, store: store, node: node, absence: absence)
        try await world.plane.prepare()
        _ = try await world.plane.createTenant(.admin, world.acme, Quantities(vps: vps, cpuMillicores: 100_000, memoryBytes: 1 << 40, diskBytes: 1 << 40, addresses: 100))
        _ = try await world.plane.createPlan(.admin, try Name("small"), PlanTerms(cpuMillicores: 500, memoryBytes: 256 << 20, swapBytes: 0, diskBytes: 2 << 30, processes: 512, nesting: false))
        try await world.reconciling {
            try await eventually { try await world.plane.nodes(.admin).first?.online == true }
            try await body(world)
        }
    }

    init(path: String, store: Store, node: FakeNode, absence: Duration = .seconds(30)) throws {
        self.path = path
        self.store = store
        self.node = node
        var policy = Policy(
            node: "local", idBase: 1_879_048_192, idSlots: 4000, pools: try AddressPool.parse(ipv4: ["10.66.0.0/16"], ipv6: ["fd66:6006::/48"]), nameServers: ["10.0.0.53"],
            ratios: OvercommitRatios(cpu: 8, memory: 1, disk: 1))
        policy.patience.absence = absence
        policy.passwordCost = 2
        policy.patience.look = .milliseconds(5)
        policy.patience.silence = .milliseconds(500)
        policy.patience.answer = .seconds(2)
        policy.patience.redelivery = .milliseconds(10) ... .milliseconds(20)
        policy.patience.heartbeat = .milliseconds(20)
        policy.patience.retry = .milliseconds(5) ... .milliseconds(20)
        plane = ControlPlane(store: store, link: node, policy: policy, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        acme = try Name("acme")
        web1 = try Name("web1")
    }

    func reconciling(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { try await plane.reconciler.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    func wish(_ name: String = "web1", start: Bool = true) throws -> VPSWish {
        VPSWish(name: try Name(name), plan: try Name("small"), template: try Name("busybox"), sshKeys: [], start: start)
    }

    func ended(_ operation: OperationRecord) async throws -> OperationView {
        let view = try await plane.operation(.admin, operation.id, wait: 10)
        #expect(view.record.status != .pending, "\(view.record.kind) did not end")
        return view
    }

    @discardableResult
    func create(_ name: String = "web1", start: Bool = true) async throws -> OperationView {
        try await ended(try await plane.createVPS(.admin, tenant: acme, try wish(name, start: start)))
    }

    func shown() async throws -> VPSView { try await plane.vps(.admin, tenant: acme, name: web1) }

    var puts: [VPSSpecification] { node.state.withLock { $0.requests.compactMap { if case .put(let specification, _) = $0 { specification } else { nil } } } }
}

/// Waits, without a limit that a slow machine could meet, for what must come; the suite's own limit ends what never does.
func eventually(_ condition: () async throws -> Bool) async throws {
    while !(try await condition()) { try await Task.sleep(for: .milliseconds(2)) }
}
