internal import Domain
internal import FakeNode
internal import Store
internal import Synchronization
internal import Testing

@testable internal import ControlPlane

@Suite(.timeLimit(.minutes(5)))
struct FollowerTests {
    /// All that is told of operations until one has ended, as "vps.create pending 0".
    private static func told(_ follower: Follower, until kind: OperationRecord.Kind) async throws -> [OperationView] {
        var views: [OperationView] = []
        while true {
            for change in try await follower.next() {
                guard case .operation(let view) = change else { continue }
                views.append(view)
                if view.record.kind == kind, view.record.status != .pending { return views }
            }
        }
    }

    @Test("Of an operation its beginning, its progress and its end are told, also one that nobody saw begin; of another tenant's nothing")
    func operations() async throws {
        try await World.run { world in
            _ = try await world.plane.createTenant(.admin, try Name("other"), Quantities())
            let (all, own, stranger) = (try await world.plane.follow(.admin, of: nil, after: nil), try await world.plane.follow(.tenant(world.acme), of: world.acme, after: nil), try await world.plane.follow(.tenant(try Name("other")), of: try Name("other"), after: nil))
            let build = try await world.plane.buildTemplate(.admin, try Name("debian-12"))
            let built = try await Self.told(all, until: .buildTemplate)
            #expect(Set(built.map(\.record.id)) == [build.id] && built.last?.status == .succeeded && built.last?.progress == 100)
            #expect(zip(built, built.dropFirst()).allSatisfy { $0.progress <= $1.progress && $0 != $1 })
            let created = try await world.create()
            let seen = try await Self.told(own, until: .create)
            #expect(seen.last?.record == created.record && seen.allSatisfy { $0.vps == nil && $0.record.kind == .create })
            _ = try await world.ended(try await world.plane.stopVPS(.tenant(world.acme), tenant: world.acme, name: world.web1, force: true))
            #expect(try await Self.told(own, until: .stop).map(\.record.kind).last == .stop)
            let silent = try await stranger.next()
            #expect(silent.allSatisfy { if case .operation = $0 { false } else { true } }, "\(silent)")
        }
    }

    @Test("What is under way when somebody begins to follow is told at once")
    func late() async throws {
        try await World.run { world in
            try await world.create(start: false)
            let isHeld = Box(true)
            world.node.before.withLock { $0 = { _ in while isHeld.get { try? await Task.sleep(for: .milliseconds(2)) } } }  // cancelled: the loop sees it
            let start = try await world.plane.startVPS(.admin, tenant: world.acme, name: world.web1)
            let follower = try await world.plane.follow(.admin, of: nil, after: nil)
            var first: [Change] = []
            while first.isEmpty { first = try await follower.next() }
            #expect(first.contains { if case .operation(let view) = $0 { view.record.id == start.id && view.record.status == .pending } else { false } })
            isHeld.set(false)
        }
    }
}
