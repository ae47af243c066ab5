internal import ControlPlane
internal import Domain
internal import FakeNode
internal import NodeModel
internal import Store
internal import Synchronization
internal import Testing

@Suite(.timeLimit(.minutes(5)))
struct LifeTests {
    @Test("A VPS is created, stopped, started, restarted and deleted, and nothing is left")
    func life() async throws {
        try await World.run { world in
            let created = try await world.create()
            #expect(created.record.status == .succeeded)
            let view = try #require(created.vps)
            #expect(view.state == .running)
            #expect(view.initPid != nil)
            #expect(view.record.addresses.map(\.address) == ["10.66.0.2", "fd66:6006:0:1::1"])
            let stopped = try await world.ended(try await world.plane.stopVPS(.admin, tenant: world.acme, name: world.web1, force: false))
            #expect(stopped.vps?.state == .stopped)
            #expect(stopped.vps?.initPid == nil)
            let started = try await world.ended(try await world.plane.startVPS(.admin, tenant: world.acme, name: world.web1))
            #expect(started.vps?.state == .running)
            let restarted = try await world.ended(try await world.plane.restartVPS(.admin, tenant: world.acme, name: world.web1, force: false))
            #expect(restarted.vps?.state == .running)
            #expect(restarted.vps?.initPid != started.vps?.initPid)
            let deleted = try await world.ended(try await world.plane.deleteVPS(.admin, tenant: world.acme, name: world.web1))
            #expect(deleted.record.status == .succeeded)
            #expect(deleted.vps == nil)
            #expect(try await world.plane.vpses(.admin, tenant: nil).isEmpty)
            #expect(try await world.plane.addresses(.admin).isEmpty)
            #expect(world.node.state.withLock { $0.vpses.isEmpty })
            #expect(try await world.plane.tenant(.admin, world.acme).usage == Quantities())
        }
    }

    @Test("The node is given the admitted record, complete")
    func specification() async throws {
        try await World.run { world in
            let view = try #require(try await world.create().vps)
            #expect(
                world.puts == [
                    VPSSpecification(
                        id: view.record.id, generation: 1, power: .running, hostname: "web1", template: "busybox", templateDigest: String(repeating: "ab", count: 32),
                        limits: VPSSpecification.Limits(cpuMillicores: 500, cpuWeight: 50, memoryBytes: 256 << 20, swapBytes: 0, processes: 512), diskBytes: 2 << 30,
                        idBase: 1_879_048_192 + 65_536,
                        addresses: [
                            VPSSpecification.Address(family: .ipv4, address: "10.66.0.2", prefixLength: 32),
                            VPSSpecification.Address(family: .ipv6, address: "fd66:6006:0:1::1", prefixLength: 64),
                        ], nameServers: ["10.0.0.53"], sshKeys: [], nesting: false)
                ])
        }
    }

    @Test("One that is not to start is made, and stands still")
    func noStart() async throws {
        try await World.run { world in
            let made = try await world.create(start: false)
            #expect(made.vps?.state == .stopped)
            #expect(world.puts.map(\.power) == [.stopped])
        }
    }

    @Test("A guest is asked to stop for 30 s, or killed at once", arguments: [(false, 30), (true, 0)])
    func grace(force: Bool, seconds: Int) async throws {
        try await World.run { world in
            try await world.create()
            _ = try await world.ended(try await world.plane.stopVPS(.admin, tenant: world.acme, name: world.web1, force: force))
            let graces = world.node.state.withLock { $0.requests.compactMap { if case .put(_, let grace) = $0 { grace } else { nil } } }
            #expect(graces == [0, seconds])
        }
    }

    @Test("What is so already succeeds without asking for a change")
    func already() async throws {
        try await World.run { world in
            try await world.create()
            let again = try await world.ended(try await world.plane.startVPS(.admin, tenant: world.acme, name: world.web1))
            #expect(again.record.status == .succeeded)
            #expect(world.puts.map(\.generation) == [1, 1])
        }
    }

    @Test("A stopped VPS is not restarted")
    func restartStopped() async throws {
        try await World.run { world in
            try await world.create(start: false)
            await #expect { try await world.plane.restartVPS(.admin, tenant: world.acme, name: world.web1, force: false) } throws: { refusal($0) == .wrongState("acme/web1 is stopped; start it") }
        }
    }

    @Test("Of 200 creations at once against a quota of 7, 7 VPSes run on the node")
    func race() async throws {
        try await World.run { world in
            let made = try await withThrowingTaskGroup { group in
                for number in 0..<200 {
                    group.addTask {
                        do { return try await world.create("vps\(number)").record.status == .succeeded } catch let error as ControlPlaneError {
                            guard case .refused(.quotaExceeded) = error else { throw error }
                            return false
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(made == 7)
            #expect(world.node.state.withLock { $0.vpses.count } == 7)
            #expect(try await world.plane.vpses(.admin, tenant: nil).filter { $0.state == .running }.count == 7)
            #expect(try await world.plane.addresses(.admin).count == 14)
        }
    }

    @Test("A template is built with progress, joined by who asks again, and deleted")
    func template() async throws {
        try await World.run { world in
            let (gate, open) = AsyncStream.makeStream(of: Never.self)
            world.node.after.withLock { $0 = { request in if case .buildTemplate = request { for await _ in gate {} } } }
            let name = try Name("debian-12")
            let operation = try await world.plane.buildTemplate(.admin, name)
            #expect(try await world.plane.buildTemplate(.admin, name).id == operation.id)
            try await eventually { try await world.plane.operation(.admin, operation.id, wait: 0).progress == 50 }
            open.finish()
            #expect(try await world.ended(operation).record.status == .succeeded)
            await #expect { try await world.plane.buildTemplate(.admin, name) } throws: { refusal($0) == .nameTaken(.template, "debian-12") }
            try await world.plane.deleteTemplate(.admin, name)
            #expect(try await world.plane.templates(.admin).map(\.name) == ["busybox"])
        }
    }
}

func refusal(_ error: any Error) -> Refusal? { if case .refused(let refusal) = error as? ControlPlaneError { refusal } else { nil } }
