internal import ControlPlane
internal import FakeNode
internal import Foundation
internal import NodeClient
internal import NodeModel
internal import Synchronization
internal import Testing

@Suite(.timeLimit(.minutes(5)))
struct NodeClientTests {
    private func served(_ body: @Sendable (NodeClient, FakeNode, String) async throws -> Void) async throws {
        let socket = NSTemporaryDirectory() + "roost-node-\(VPSID.random()).sock"
        defer { try? FileManager.default.removeItem(atPath: socket) }  // best effort: a temporary file
        let node = FakeNode()
        try await serving(node, socket) { try await body(NodeClient(socket: socket), node, socket) }
    }

    private func serving(_ node: FakeNode, _ socket: String, _ body: () async throws -> Void) async throws {
        let (ready, isReady) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup { group in
            group.addTask { try await FakeNodeServer(node, socket: socket).run { isReady.yield() } }
            for await _ in ready { break }
            defer { group.cancelAll() }
            try await body()
        }
    }

    private func put(_ id: VPSID) -> NodeRequest {
        .put(
            VPSSpecification(
                id: id, generation: 1, power: .running, hostname: "h", template: "t", templateDigest: "d",
                limits: VPSSpecification.Limits(cpuMillicores: 1, cpuWeight: 1, memoryBytes: 1, swapBytes: 0, processes: 1), diskBytes: 1, idBase: 1, addresses: [], nameServers: [],
                sshKeys: [], nesting: false), graceSeconds: 0)
    }

    @Test("Requests are answered, one after another and many at once")
    func requests() async throws {
        try await served { client, node, _ in
            let ids = (0..<100).map { _ in VPSID.random() }
            try await withThrowingTaskGroup { group in
                for id in ids {
                    group.addTask {
                        guard case .observation(let observation) = try await client.request(put(id), within: .seconds(10), progress: { _, _ in }) else {
                Issue.record("no observation")
                return
            }
                        #expect(observation.id == id)
                    }
                }
                try await group.waitForAll()
            }
            #expect(node.state.withLock { $0.vpses.count } == 100)
        }
    }

    @Test("A node's problem is thrown, and the connection serves on")
    func problem() async throws {
        try await served { client, _, _ in
            let id = VPSID.random()
            for _ in 0..<3 {
                await #expect(throws: NodeLinkError.problem(NodeProblem(.notFound, "there is no \(id)"))) { try await client.request(.observe(id), within: .seconds(10), progress: { _, _ in }) }
            }
        }
    }

    @Test("Progress comes before the reply")
    func progress() async throws {
        try await served { client, _, _ in
            let seen = Box<[String]>([])
            guard case .templates(let built) = try await client.request(.buildTemplate("x"), within: .seconds(10), progress: { seen.set(seen.get + ["\($0) \($1)"]) }) else {
                Issue.record("no templates")
                return
            }
            #expect(built.map(\.name) == ["x"])
            #expect(seen.get == ["0.5 half"])
        }
    }

    @Test("A watch says what there is, that this was all, and every change")
    func watch() async throws {
        try await served { client, node, _ in
            let first = VPSID.random()
            node.happens(Observation(id: first, state: .running, generation: 1))
            let events = Box<[WatchEvent]>([])
            let change = Observation(id: first, state: .stopped, generation: 1, haltedByGuest: true)
            await #expect(throws: (any Error).self) {
                try await client.watch { event in
                    events.set(events.get + [event])
                    if event == .synchronised { node.happens(change) }
                    if event == .observation(change) { node.goAway() }
                }
            }
            #expect(events.get == [.observation(Observation(id: first, state: .running, generation: 1)), .synchronised, .observation(change)])
        }
    }

    @Test("A stream carries bytes both ways, and the exit status", arguments: [1, 100_000])
    func stream(bytes: Int) async throws {
        try await served { client, _, _ in
            try await client.stream(.console(.random())) { stream in
                let payload = (0..<min(bytes, FrameLimits.streamChunk)).map { UInt8(truncatingIfNeeded: $0) }
                for _ in 0..<3 {
                    try await stream.send(StreamFrame(.input, payload))
                    #expect(try await stream.next() == StreamFrame(.output, payload))
                }
                try await stream.send(StreamFrame(.endOfInput))
                #expect(try await stream.next() == StreamFrame(.exit, [0, 0, 0, 7]))
            }
        }
    }

    @Test("A node that is not there was sent nothing")
    func absent() async throws {
        let client = NodeClient(socket: "/tmp/roost-no-such-\(VPSID.random()).sock")
        await #expect { try await client.request(.capacity, within: .seconds(1), progress: { _, _ in }) } throws: { if case .unavailable = $0 as? NodeLinkError { true } else { false } }
        await #expect { try await client.watch { _ in } } throws: { if case .unavailable = $0 as? NodeLinkError { true } else { false } }
    }

    @Test("A node that started again is asked over a new connection")
    func restarted() async throws {
        let socket = NSTemporaryDirectory() + "roost-node-\(VPSID.random()).sock"
        defer { try? FileManager.default.removeItem(atPath: socket) }  // best effort: a temporary file
        let client = NodeClient(socket: socket)
        for _ in 0..<3 {
            try await serving(FakeNode(), socket) { _ = try await client.request(.capacity, within: .seconds(10), progress: { _, _ in }) }
        }
    }

    @Test("A node that does not answer is given up after the limit, and one that was cancelled at once")
    func silent() async throws {
        try await served { client, node, _ in
            node.before.withLock { $0 = { _ in try? await Task.sleep(for: .seconds(3600)) } }  // until the test ends
            await #expect(throws: NodeLinkError.timedOut(.milliseconds(20))) { try await client.request(.capacity, within: .milliseconds(20), progress: { _, _ in }) }
            let asking = Task { try await client.request(.capacity, within: .seconds(3600), progress: { _, _ in }) }  // cancelled below
            asking.cancel()
            await #expect(throws: NodeLinkError.self) { try await asking.value }
        }
    }
}
