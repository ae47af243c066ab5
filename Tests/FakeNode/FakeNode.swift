package import ControlPlane
package import NodeModel
package import Synchronization

/// A node in memory that behaves as `NodeProtocol` says, and misbehaves as a test asks.
package final class FakeNode: NodeLink {
    package struct State: Sendable {
        package var vpses: [VPSID: Observation] = [:]
        package var specifications: [VPSID: VPSSpecification] = [:]
        package var templates: [TemplateObservation] = []
        package var capacity = NodeCapacity(
            hostname: "fake", version: "0", kernel: "6.1", cgroupVersion: 2, cpuMillicores: 1_000_000, memoryBytes: 1 << 40, poolBytes: 1 << 44, poolFreeBytes: 1 << 44)
        package var requests: [NodeRequest] = []
        package var away = false
        /// Takes connections and requests, and answers none, as a stopped process does.
        package var frozen = false
        /// A stream's program ends before it hears anything: nobody takes what is sent, and its exit, with 7, comes after that.
        package var programEndsFirst = false
        /// What every init ends of at once.
        package var initFailure: String?
        fileprivate var watchers: [Int: AsyncStream<WatchEvent>.Continuation] = [:]
        fileprivate var nextPid: Int32 = 1000
        fileprivate var nextWatcher = 0
    }
    package let state = Mutex(State())
    /// Called before each request is done; throws to refuse it, waits to hang.
    package let before = Mutex<@Sendable (NodeRequest) async throws(NodeLinkError) -> Void>({ _ in })
    /// Called after each request is done, before its answer.
    package let after = Mutex<@Sendable (NodeRequest) async throws(NodeLinkError) -> Void>({ _ in })

    package init(templates: [String] = ["busybox"]) {
        state.withLock { $0.templates = templates.map(Self.template) }
    }

    package static func template(_ name: String) -> TemplateObservation {
        TemplateObservation(name: name, digest: String(repeating: "ab", count: 32), imageBytes: 1 << 20, minimumDiskBytes: 1 << 20, builtAt: 1_700_000_000, summary: "a fake")
    }

    package func request(_ request: NodeRequest, within limit: Duration, progress: @escaping @Sendable (Double, String) -> Void) async throws(NodeLinkError) -> NodeReply {
        let (away, frozen) = state.withLock { state in
            state.requests.append(request)
            return (state.away, state.frozen)
        }
        if away { throw .unavailable("it is away") }
        if frozen {
            try? await Task.sleep(for: limit)  // cancelled: given up
            throw .timedOut(limit)
        }
        try await before.withLock { $0 }(request)
        let reply = try answer(request, progress)
        try await after.withLock { $0 }(request)
        return reply
    }

    private func answer(_ request: NodeRequest, _ progress: (Double, String) -> Void) throws(NodeLinkError) -> NodeReply {
        switch request {
        case .capacity: return .capacity(state.withLock { $0.capacity })
        case .doctor: return .checks([Check(name: "fake", status: .ok, found: "always")])
        case .put(let specification, _): return .observation(try put(specification))
        case .restart(let id, _, _): return .observation(try change(id) { $0.nextPid += 1; $0.vpses[id]?.initPid = $0.nextPid })
        case .remove(let id):
            state.withLock { state in
                state.vpses[id] = nil
                state.specifications[id] = nil
            }
            return .done
        case .observe(let id): return .observation(try change(id) { _ in })
        case .observeAll: return .observations(state.withLock { Array($0.vpses.values) })
        case .templates: return .templates(state.withLock { $0.templates })
        case .buildTemplate(let name):
            progress(0.5, "half")
            state.withLock { $0.templates.append(Self.template(name)) }
            return .templates([Self.template(name)])
        case .cancelTemplateBuild: return .done
        case .removeTemplate(let name):
            state.withLock { $0.templates.removeAll { $0.name == name } }
            return .done
        case .watch, .exec, .console: throw .violation("not a request with one reply")
        }
    }

    private func put(_ specification: VPSSpecification) throws(NodeLinkError) -> Observation {
        let observation = state.withLock { state -> Observation? in
            if let known = state.specifications[specification.id], known.generation > specification.generation { return nil }
            let same = state.specifications[specification.id] == specification
            state.specifications[specification.id] = specification
            if same, let known = state.vpses[specification.id] { return known }
            var observation = Observation(id: specification.id, state: specification.power == .running ? .running : .stopped, generation: specification.generation)
            if specification.power == .running {
                state.nextPid += 1
                observation.initPid = state.vpses[specification.id]?.initPid ?? state.nextPid
            }
            if let reason = state.initFailure { observation = Observation(id: specification.id, state: .failed, generation: specification.generation, reason: reason) }
            state.vpses[specification.id] = observation
            return observation
        }
        guard let observation else { throw .problem(NodeProblem(.stale, "it has a later generation")) }
        report(observation)
        return observation
    }

    private func change(_ id: VPSID, _ body: (inout State) -> Void) throws(NodeLinkError) -> Observation {
        let observation = state.withLock { state in
            body(&state)
            return state.vpses[id]
        }
        guard let observation else { throw .problem(NodeProblem(.notFound, "there is no \(id)")) }
        return observation
    }

    /// What happens to a VPS by itself.
    package func happens(_ observation: Observation) {
        state.withLock { $0.vpses[observation.id] = observation }
        report(observation)
    }

    private func report(_ observation: Observation) {
        for watcher in state.withLock({ Array($0.watchers.values) }) { watcher.yield(.observation(observation)) }
    }

    /// Ends every watch, and answers nothing until it comes back.
    package func goAway() {
        let watchers = state.withLock { state in
            state.away = true
            defer { state.watchers = [:] }
            return state.watchers.values
        }
        for watcher in watchers { watcher.finish() }
    }

    package func comeBack() { state.withLock { $0.away = false } }

    package func watch(_ event: @Sendable (WatchEvent) async throws -> Void) async throws {
        while state.withLock({ $0.frozen }) { try await Task.sleep(for: .milliseconds(2)) }
        let (events, watcher) = AsyncStream.makeStream(of: WatchEvent.self)
        let number = try state.withLock { state throws(NodeLinkError) in
            guard !state.away else { throw .unavailable("it is away") }
            for observation in state.vpses.values { watcher.yield(.observation(observation)) }
            watcher.yield(.synchronised)
            state.nextWatcher += 1
            state.watchers[state.nextWatcher] = watcher
            return state.nextWatcher
        }
        defer { state.withLock { $0.watchers[number] = nil } }
        for await next in events { try await event(next) }
        throw NodeLinkError.interrupted("the watch ended")
    }

    /// An exec or console that gives back what it is given, until the end of input; then it exits with 7.
    package func stream(_ request: NodeRequest, _ body: @Sendable (any NodeStream) async throws -> Void) async throws {
        let endsFirst = state.withLock { state in
            state.requests.append(request)
            return state.programEndsFirst
        }
        if endsFirst { try await body(Ended()) } else { try await body(Echo()) }
    }

    private final class Ended: NodeStream {
        struct Closed: Error {}
        let refused = Mutex(false)

        func next() async throws -> StreamFrame? {
            while !refused.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
            try await Task.sleep(for: .milliseconds(20))
            return StreamFrame(.exit, [0, 0, 0, 7])
        }

        func send(_ frame: StreamFrame) async throws {
            refused.withLock { $0 = true }
            throw Closed()
        }
    }

    private struct Echo: NodeStream {
        let frames: AsyncStream<StreamFrame>
        let echo: AsyncStream<StreamFrame>.Continuation

        init() { (frames, echo) = AsyncStream.makeStream(of: StreamFrame.self) }

        func next() async throws -> StreamFrame? {
            for await frame in frames { return frame }
            return nil
        }

        func send(_ frame: StreamFrame) async throws {
            switch frame.kind {
            case .input: echo.yield(StreamFrame(.output, frame.payload))
            case .endOfInput: echo.yield(StreamFrame(.exit, [0, 0, 0, 7]))
            default: echo.yield(StreamFrame(.errorOutput, [frame.kind.rawValue] + frame.payload))
            }
        }
    }
}
