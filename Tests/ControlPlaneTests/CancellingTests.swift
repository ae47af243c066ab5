internal import Domain
internal import FakeNode
internal import NodeModel
internal import Store
internal import Synchronization
internal import Testing

@testable internal import ControlPlane

@Suite(.timeLimit(.minutes(5)))
struct CancellingTests {
    /// Whatever of these kinds is asked for waits in the node until it is let go, with this end.
    private final class Gate: Sendable {
        private let verdict = Mutex<NodeLinkError??>(nil)
        private let reached = Mutex(false)
        var isReached: Bool { reached.withLock { $0 } }

        func open(_ error: NodeLinkError? = nil) { verdict.withLock { $0 = .some(error) } }

        func pass() async throws(NodeLinkError) {
            reached.withLock { $0 = true }
            while true {
                if let verdict = verdict.withLock({ $0 }) {
                    if let error = verdict { throw error }
                    return
                }
                do { try await Task.sleep(for: .milliseconds(2)) } catch { throw .interrupted("cancelled") }
            }
        }
    }

    private static func isConflict(_ error: any Error) -> Bool { if case .wrongState = refusal(error) { true } else { false } }

    @Test("A creation that is cancelled leaves nothing, and its name is free at once; whoever waited is told", arguments: [nil, NodeLinkError.problem(NodeProblem(.startFailed, "no"))])
    func creation(error: NodeLinkError?) async throws {
        try await World.run(vps: 2) { world in
            let gate = Gate()
            world.node.before.withLock { $0 = { request throws(NodeLinkError) in if case .put = request { try await gate.pass() } } }
            let operation = try await world.plane.createVPS(.tenant(world.acme), tenant: world.acme, try world.wish())
            try await eventually { gate.isReached }
            async let waiting = world.plane.operation(.admin, operation.id, wait: 60)
            let cancelled = try await world.plane.cancelOperation(.tenant(world.acme), operation.id)
            #expect(cancelled.status == .failed && cancelled.record.failure?.code == "cancelled")
            #expect(try await waiting.record.failure?.code == "cancelled")
            #expect(try await world.plane.vpses(.admin, tenant: world.acme).isEmpty)
            #expect(try await world.plane.cancelOperation(.admin, operation.id).record.failure?.code == "cancelled", "once more is success")
            let another = try await world.plane.createVPS(.admin, tenant: world.acme, try world.wish())
            gate.open(error)  // the node has made it meanwhile, or not
            let isMade = try await world.ended(another).vps?.state == .running
            #expect(isMade == (error == nil))
            try await eventually { try await world.plane.tenant(.admin, world.acme).usage.vps == (isMade ? 1 : 0) }
            #expect(world.node.state.withLock { $0.vpses.count } == (isMade ? 1 : 0))
            let events = try await world.store.events(EventFilter(kind: "vps.create.failed"), limit: 9)
            #expect(events.map { "\($0.actor): \($0.detail)" }.sorted() == (isMade ? [] : ["reconciler: no"]) + ["tenant acme: it was cancelled"])
        }
    }

    @Test("A creation that waits for its node is given up at once, and is not made when that comes back")
    func waiting() async throws {
        try await World.run { world in
            world.node.goAway()
            try await eventually { try await world.plane.nodes(.admin).first?.online == false }
            let operation = try await world.plane.createVPS(.admin, tenant: world.acme, try world.wish())
            _ = try await world.plane.cancelOperation(.admin, operation.id)
            world.node.comeBack()
            try await eventually { try await world.plane.tenant(.admin, world.acme).usage.vps == 0 }
            #expect(world.puts.isEmpty)
        }
    }

    @Test("A template's build ends on the node, and in the records")
    func template() async throws {
        try await World.run { world in
            let gate = Gate()
            world.node.before.withLock { $0 = { request throws(NodeLinkError) in
                switch request {
                case .buildTemplate: try await gate.pass()
                case .cancelTemplateBuild: gate.open(.problem(NodeProblem(.cancelled, "the build was cancelled")))
                default: break
                }
            } }
            let name = try Name("debian-12")
            let operation = try await world.plane.buildTemplate(.admin, name)
            try await eventually { gate.isReached }
            await #expect { try await world.plane.cancelOperation(.tenant(world.acme), operation.id) } throws: { refusal($0) == .notFound(.operation, operation.id) }
            #expect(try await world.plane.cancelOperation(.admin, operation.id).record.failure?.code == "cancelled")
            #expect(try await world.plane.templates(.admin).map(\.name) == ["busybox"])
            let late = Gate()
            world.node.before.withLock { $0 = { request throws(NodeLinkError) in if case .buildTemplate = request { try await late.pass() } } }
            let overtaken = try await world.plane.buildTemplate(.admin, name)
            try await eventually { late.isReached }
            _ = try await world.plane.cancelOperation(.admin, overtaken.id)
            late.open()  // it was built nevertheless
            try await eventually { world.node.state.withLock { $0.requests.contains(.removeTemplate("debian-12")) } }
            #expect(try await world.plane.templates(.admin).map(\.name) == ["busybox"])
            world.node.before.withLock { $0 = { _ in } }
            #expect(try await world.ended(try await world.plane.buildTemplate(.admin, name)).status == .succeeded, "and can be begun again")
        }
    }

    @Test("What has ended, and what cannot be undone, is not cancelled; nor by whoever may only look")
    func refused() async throws {
        try await World.run { world in
            let created = try await world.create()
            await #expect { try await world.plane.cancelOperation(.admin, created.record.id) } throws: { Self.isConflict($0) }
            let gate = Gate()
            world.node.before.withLock { $0 = { request throws(NodeLinkError) in if case .put = request { try await gate.pass() } } }
            let stop = try await world.plane.stopVPS(.admin, tenant: world.acme, name: world.web1, force: true)
            await #expect { try await world.plane.cancelOperation(.admin, stop.id) } throws: { Self.isConflict($0) }
            let another = try await world.plane.createVPS(.admin, tenant: world.acme, try world.wish("web2"))
            let (_, text) = try await world.plane.createToken(.admin, try Name("looks"), of: world.acme, TokenTerms(role: .member))
            let member = try await world.plane.authenticate(text, from: nil)
            await #expect { try await world.plane.cancelOperation(member, another.id) } throws: { if case .forbidden = $0 as? ControlPlaneError { true } else { false } }
            gate.open()
            #expect(try await world.ended(another).status == .succeeded)
        }
    }
}
