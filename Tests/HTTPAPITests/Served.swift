internal import ControlPlane
internal import Domain
internal import FakeNode
internal import Foundation
internal import HTTPAPI
internal import Hummingbird
internal import Logging
internal import NodeClient
internal import NodeModel
internal import ServiceLifecycle
internal import Store

/// The whole control plane behind its socket, over a fake node behind another: nothing between a request and the node's socket is replaced.
struct Served: Sendable {
    let http: HTTPClient
    let node: FakeNode
    let plane: ControlPlane

    static let tenant = #"{"name":"acme","quota":{"vps":7,"cpuMillicores":100000,"memoryBytes":1099511627776,"diskBytes":1099511627776,"addresses":10}}"#
    static let plan = #"{"name":"small","cpuMillicores":500,"memoryBytes":268435456,"diskBytes":2147483648}"#
    static let vps = #"{"name":"web1","plan":"small","template":"busybox"}"#

    /// `bySocket`: else the fake node is asked directly, and can do what no socket does in a fixed order.
    static func run(absence: Duration = .seconds(30), rate: RequestRate = RequestRate(perSecond: 100), bySocket: Bool = true, _ body: (Served) async throws -> Void) async throws {
        let path = NSTemporaryDirectory() + "roost-api-\(VPSID.random())"
        defer { try? FileManager.default.removeItem(atPath: path) }  // best effort: a temporary folder
        let store = try Store(path: "\(path)/roost.sqlite", holding: try StateFolder(path))
        var policy = Policy(
            node: "local", idBase: 1_879_048_192, idSlots: 4000, pools: try AddressPool.parse(ipv4: ["10.66.0.0/16"], ipv6: ["fd66:6006::/48"]), nameServers: [],
            ratios: OvercommitRatios(cpu: 8, memory: 1, disk: 1))
        policy.patience.absence = absence
        policy.rate = rate
        policy.strangersRate = Policy.strangersRate(perSecond: max(1, rate.perSecond / 20))
        policy.passwordCost = 2
        policy.patience.tooMany = .zero
        policy.patience.retry = .milliseconds(5) ... .milliseconds(50)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let node = FakeNode()
        let plane = ControlPlane(store: store, link: bySocket ? NodeClient(socket: "\(path)/node.sock") : node, policy: policy, logger: logger)
        try await plane.prepare()
        let served = Served(http: HTTPClient(socket: "\(path)/roostd.sock"), node: node, plane: plane)
        let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
        var services = ServiceGroupConfiguration(
            services: [AdminAPI.application(plane, socket: "\(path)/roostd.sock", logger: logger) { isReady.yield() }, Reconciling(plane: plane)], logger: logger)
        services.maximumGracefulShutdownDuration = .seconds(1)
        let daemon = ServiceGroup(configuration: services)
        try await withThrowingTaskGroup { group in
            group.addTask { try await FakeNodeServer(served.node, socket: "\(path)/node.sock").run { isReady.yield() } }
            var readiness = ready.makeAsyncIterator()
            _ = await readiness.next()
            group.addTask { try await daemon.run() }
            _ = await readiness.next()
            while try await plane.nodes(.admin).first?.online != true { try await Task.sleep(for: .milliseconds(2)) }
            let result: Result<Void, any Error>
            do { result = .success(try await body(served)) } catch { result = .failure(error) }
            await daemon.triggerGracefulShutdown()
            try await group.next()
            group.cancelAll()
            try result.get()
        }
    }

    private struct Reconciling: Service {
        let plane: ControlPlane
        func run() async throws { try await cancelWhenGracefulShutdown { try await plane.reconciler.run() } }
    }

    /// With a tenant, a plan, and `acme/web1` running.
    static func running(absence: Duration = .seconds(30), rate: RequestRate = RequestRate(perSecond: 100, burst: 200), bySocket: Bool = true, _ body: (Served) async throws -> Void) async throws {
        try await run(absence: absence, rate: rate, bySocket: bySocket) { served in
            try await served.prepare()
            _ = try await served.http.send("POST", "/v1/tenants/acme/vps", vps, headers: ["Prefer": "wait=10"])
            try await body(served)
        }
    }

    func prepare() async throws {
        _ = try await http.send("POST", "/v1/tenants", Self.tenant)
        _ = try await http.send("POST", "/v1/plans", Self.plan)
    }
}
