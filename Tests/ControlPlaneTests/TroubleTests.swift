internal import ControlPlane
internal import Domain
internal import FakeNode
internal import NodeModel
internal import Store
internal import Synchronization
internal import Testing

@Suite(.timeLimit(.minutes(5)))
struct TroubleTests {
    @Test("A creation that the node refuses leaves nothing, and the same verb succeeds afterwards", arguments: [
        (NodeProblem.Code.poolFull, "resource_unavailable"), (.startFailed, "operation_failed"), (.templateMissing, "operation_failed"), (.busy, "conflict"),
    ])
    func refused(code: NodeProblem.Code, expected: String) async throws {
        try await World.run { world in
            world.node.after.withLock { $0 = { request throws(NodeLinkError) in if case .put = request { throw .problem(NodeProblem(code, "no")) } } }
            let failed = try await world.create()
            #expect(failed.record.failure == OperationRecord.Failure(code: expected, detail: "no"))
            #expect(failed.vps == nil)
            #expect(world.node.state.withLock { $0.vpses.isEmpty }, "what the node had begun is removed")
            #expect(try await world.plane.addresses(.admin).isEmpty)
            #expect(try await world.plane.tenant(.admin, world.acme).usage == Quantities())
            world.node.after.withLock { $0 = { _ in } }
            #expect(try await world.create().record.status == .succeeded)
        }
    }

    @Test("A guest whose init ends at once fails its creation, with the reason")
    func initEnds() async throws {
        try await World.run { world in
            world.node.state.withLock { $0.initFailure = "init /sbin/init: no such file" }
            let failed = try await world.create()
            #expect(failed.record.failure == OperationRecord.Failure(code: "operation_failed", detail: "init /sbin/init: no such file"))
            #expect(try await world.plane.vpses(.admin, tenant: nil).isEmpty)
            #expect(world.node.state.withLock { $0.vpses.isEmpty })
        }
    }

    @Test("An answer that was lost is asked for again: one VPS, one success")
    func lostAnswer() async throws {
        try await World.run { world in
            let once = Once()
            world.node.after.withLock { $0 = { request throws(NodeLinkError) in if case .put = request, once.first() { throw .interrupted("the cable") } } }
            let made = try await world.create()
            #expect(made.vps?.state == .running)
            #expect(world.puts.count == 2)
            #expect(world.node.state.withLock { $0.vpses.count } == 1)
        }
    }

    @Test("With the node away a creation fails after a while, and leaves nothing")
    func away() async throws {
        try await World.run(absence: .milliseconds(300)) { world in
            world.node.goAway()
            let failed = try await world.create()
            #expect(failed.record.failure?.code == "node_unavailable")
            #expect(try await world.plane.tenant(.admin, world.acme).usage == Quantities())
            world.node.comeBack()
            try await eventually { try await world.plane.nodes(.admin).first?.online == true }
            #expect(try await world.create().record.status == .succeeded)
        }
    }

    @Test("A node that keeps its connections and answers nothing is offline, until it answers")
    func frozen() async throws {
        try await World.run { world in
            world.node.state.withLock { $0.frozen = true }
            try await eventually { try await world.plane.nodes(.admin).first?.online == false }
            world.node.state.withLock { $0.frozen = false }
            try await eventually { try await world.plane.nodes(.admin).first?.online == true }
            #expect(try await world.create().record.status == .succeeded)
        }
    }

    @Test("A creation that hangs until the node is lost is undone when it is back")
    func abandoned() async throws {
        try await World.run(absence: .milliseconds(300)) { world in
            world.node.after.withLock { [node = world.node] in
                $0 = { request throws(NodeLinkError) in
                    guard case .put = request else { return }
                    node.goAway()
                    throw .interrupted("it died")
                }
            }
            let failed = try await world.create()
            #expect(failed.record.failure?.code == "node_unavailable")
            #expect(world.node.state.withLock { $0.vpses.count } == 1, "the node has it, and nobody can say so")
            #expect(try await world.plane.tenant(.admin, world.acme).usage.vps == 1)
            world.node.after.withLock { $0 = { _ in } }
            world.node.comeBack()
            try await eventually { world.node.state.withLock { $0.vpses.isEmpty } }
            try await eventually { try await world.plane.tenant(.admin, world.acme).usage == Quantities() }
            #expect(try await world.create().record.status == .succeeded)
        }
    }

    @Test("A control plane that ends amid an operation drives it to its end at the next start", arguments: [OperationRecord.Kind.create, .stop, .start, .delete])
    func restart(kind: OperationRecord.Kind) async throws {
        try await World.run { world in
            if kind != .create { try await world.create(start: kind == .stop) }
            let hung = Box(false)
            world.node.before.withLock { $0 = { request in
                switch request {
                case .put, .remove:
                    hung.set(true)
                    try? await Task.sleep(for: .seconds(3600))  // hangs until the control plane ends
                default: break
                }
            } }
            let operation = switch kind {
            case .create: try await world.plane.createVPS(.admin, tenant: world.acme, try world.wish())
            case .stop: try await world.plane.stopVPS(.admin, tenant: world.acme, name: world.web1, force: true)
            case .start: try await world.plane.startVPS(.admin, tenant: world.acme, name: world.web1)
            default: try await world.plane.deleteVPS(.admin, tenant: world.acme, name: world.web1)
            }
            try await eventually { hung.get }
            // The first is as dead: what it asked hangs for ever. Another follows over the same records.
            let next = try World(path: world.path, store: world.store, node: world.node)
            world.node.before.withLock { $0 = { _ in } }
            try await next.reconciling {
                try await eventually { try await next.plane.operation(.admin, operation.id, wait: 0).record.status == .succeeded }
                let all = try await next.plane.vpses(.admin, tenant: nil)
                #expect(all.map(\.state) == (kind == .delete ? [] : [kind == .stop ? .stopped : .running]))
                #expect(world.node.state.withLock { $0.vpses.count } == all.count)
            }
        }
    }

    @Test("A poweroff inside is not undone, and the next start is a start")
    func halted() async throws {
        try await World.run { world in
            let id = try #require(try await world.create().vps).record.id
            world.node.happens(Observation(id: id, state: .stopped, generation: 1, reason: "the guest powered itself off", haltedByGuest: true))
            try await eventually { world.puts.count == 2 }
            try await eventually { try await world.shown().record.isSettled }
            let shown = try await world.shown()
            #expect(shown.state == .stopped)
            #expect(shown.record.desired == .stopped)
            #expect(world.puts.map(\.power) == [.running, .stopped], "never asked to run again")
            #expect(try await world.plane.events(.admin, limit: 10).contains { $0.kind == "vps.halted" && $0.actor == "node" })
            #expect(try await world.ended(try await world.plane.startVPS(.admin, tenant: world.acme, name: world.web1)).vps?.state == .running)
        }
    }

    @Test("A crash is shown with its reason, and left")
    func crashed() async throws {
        try await World.run { world in
            let id = try #require(try await world.create().vps).record.id
            world.node.happens(Observation(id: id, state: .failed, generation: 1, reason: "init died of signal 11"))
            try await eventually { try await world.shown().state == .failed }
            #expect(try await world.shown().reason == "init died of signal 11")
            #expect(world.puts.count == 1)
            #expect(try await world.ended(try await world.plane.startVPS(.admin, tenant: world.acme, name: world.web1)).vps?.state == .running)
        }
    }

    @Test("Of a node that is away the state is unknown; when it is back it is what the node says")
    func unknown() async throws {
        try await World.run { world in
            let id = try #require(try await world.create().vps).record.id
            world.node.goAway()
            try await eventually { try await world.shown().state == .unknown }
            world.node.state.withLock { $0.vpses[id] = Observation(id: id, state: .failed, generation: 1, reason: "meanwhile") }
            world.node.comeBack()
            try await eventually { try await world.shown().state == .failed }
            #expect(try await world.shown().reason == "meanwhile")
        }
    }

    @Test("A VPS that the node lost is not made again with an empty disk")
    func missing() async throws {
        try await World.run { world in
            let id = try #require(try await world.create().vps).record.id
            world.node.goAway()
            world.node.state.withLock { state in
                state.vpses[id] = nil
                state.specifications[id] = nil
            }
            world.node.comeBack()
            try await eventually { try await world.shown().reason == "the node does not have it" }
            let refused = try await world.ended(try await world.plane.startVPS(.admin, tenant: world.acme, name: world.web1))
            #expect(refused.record.failure?.code == "conflict")
            #expect(world.puts.count == 1)
            #expect(try await world.ended(try await world.plane.deleteVPS(.admin, tenant: world.acme, name: world.web1)).record.status == .succeeded)
        }
    }

    @Test("A deletion waits for the node")
    func deleteWaits() async throws {
        try await World.run { world in
            try await world.create()
            world.node.goAway()
            let operation = try await world.plane.deleteVPS(.admin, tenant: world.acme, name: world.web1)
            #expect(try await world.plane.deleteVPS(.admin, tenant: world.acme, name: world.web1).id == operation.id)
            world.node.comeBack()
            #expect(try await world.ended(operation).record.status == .succeeded)
            #expect(world.node.state.withLock { $0.vpses.isEmpty })
        }
    }

    @Test("A deletion that the node can't do fails, and is tried on until it can")
    func deleteFails() async throws {
        try await World.run { world in
            try await world.create()
            world.node.before.withLock { $0 = { request throws(NodeLinkError) in if case .remove = request { throw .problem(NodeProblem(.failed, "the disk is busy")) } } }
            let failed = try await world.ended(try await world.plane.deleteVPS(.admin, tenant: world.acme, name: world.web1))
            #expect(failed.record.failure == OperationRecord.Failure(code: "operation_failed", detail: "the disk is busy"))
            #expect(try await world.shown().state == .stopping)
            world.node.before.withLock { $0 = { _ in } }
            try await eventually { try await world.plane.vpses(.admin, tenant: nil).isEmpty }
        }
    }

    @Test("What the node has and no record knows is left alone, and told")
    func strays() async throws {
        let node = FakeNode()
        let stray = VPSID.random()
        node.state.withLock { $0.vpses[stray] = Observation(id: stray, state: .running, generation: 4, initPid: 9) }
        try await World.run(node: node) { world in
            #expect(try await world.plane.doctor(.admin).first { $0.name == "strays" }?.found == stray.text)
            try await world.create()
            #expect(node.state.withLock { $0.vpses[stray] } != nil)
        }
    }

    @Test("A change that comes amid an operation is not overwritten by the operation's older answer")
    func overtaken() async throws {
        try await World.run { world in
            world.node.after.withLock { [node = world.node] in
                $0 = { request in
                    guard case .put(let specification, _) = request, specification.power == .running else { return }
                    node.happens(Observation(id: specification.id, state: .stopped, generation: 1, haltedByGuest: true))
                    try? await Task.sleep(for: .milliseconds(20))  // the watch is faster than the answer
                }
            }
            try await world.create()
            try await eventually { try await world.shown().state == .stopped }
            #expect(world.puts.filter { $0.power == .running }.count == 1)
        }
    }

    @Test("Where the node was never reached there is nothing to be sold")
    func neverReached() async throws {
        let node = FakeNode()
        node.goAway()
        try await confirmation { denied in
            let path = "/tmp/roost-plane-never-\(VPSID.random())"
            let world = try World(path: path, store: try Store(path: "\(path)/roost.sqlite", holding: try StateFolder(path)), node: node)
            try await world.plane.prepare()
            _ = try await world.plane.createTenant(.admin, world.acme, Quantities(vps: 1, cpuMillicores: 500, memoryBytes: 1 << 30, diskBytes: 1 << 40, addresses: 1))
            _ = try await world.plane.createPlan(.admin, try Name("small"), PlanTerms(cpuMillicores: 500, memoryBytes: 256 << 20, swapBytes: 0, diskBytes: 2 << 30, processes: 512, nesting: false))
            try await world.store.replaceTemplates([FakeNode.template("busybox")])
            do { _ = try await world.plane.createVPS(.admin, tenant: world.acme, try world.wish()) } catch { if refusal(error) == .nodeUnknown("local") { denied() } }
            try removeFolder(path)
        }
    }
}
