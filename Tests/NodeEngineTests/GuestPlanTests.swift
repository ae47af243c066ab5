import NodeModel
import Testing
import WardenProtocol

@testable import NodeEngine

struct GuestPlanTests {
    let ingredients = GuestPlan.Ingredients(
        initArguments: ["/sbin/init"], filter: [1, 2, 3, 4, 5, 6, 7, 8], capabilities: 0b1011, lastCapability: 40, masked: ["proc/kcore"], readOnly: ["proc/bus"], partsOfSys: ["class/net", "fs/cgroup"],
        wardenUser: 1_879_048_193, cgroupFiles: 7, memoryPressure: [], hostUptime: 4711)
    var plan: Plan { GuestPlan.plan(AcceptanceTests.specification(), ingredients) }

    private func position(_ matches: (Step) -> Bool) throws -> Int {
        let index = plan.child.firstIndex(where: matches)
        return try #require(index)
    }

    @Test func allEightNamespacesAreTheGuestsOwn() {
        #expect(plan.cloneFlags == 0x7c02_0000)  // net, pid, user, ipc, uts, mount
        #expect(plan.before.first == .unshare(flags: 0x80))  // time
        #expect(plan.child.contains(.unshare(flags: 0x0200_0000)))  // cgroup
    }

    @Test func theChildEntersItsCgroupsFirstAndExecutesOnlyWithTheNodesLeave() throws {
        #expect(plan.bornIn == 2)
        #expect(plan.child.prefix(9) == (3..<10).map { .placeSelf($0) } + [.hold, .becomeRoot])
        #expect(plan.onChild.prefix(2) == [.mapIDs(base: 1_879_113_728, count: 65536), .release])
        #expect(plan.onChild.suffix(2) == [.receive, .release])
        let hold = try #require(plan.child.lastIndex(of: .hold)), pivot = try position { $0 == .pivot }
        #expect(hold > pivot)
    }

    @Test func allThatIsMountedOnTheStageGetsIntoTheGuestsRootBeforeThePivot() throws {
        let placeRoot = try position { if case .placeRoot = $0 { true } else { false } }, pivot = try position { $0 == .pivot }
        let moved = plan.child[placeRoot..<pivot].compactMap { if case .unstage(let path) = $0 { path } else { nil } }
        #expect(moved.map { String(decoding: $0, as: UTF8.self) } == ["proc", "sys", "dev", "run"])
        for step in plan.child[..<placeRoot] {
            let path: [UInt8]? = switch step {
            case .mount(_, let path, _, _), .mountParts(_, let path, _, _), .bindHost(_, let path), .mask(let path), .makeReadOnly(let path): path
            default: nil
            }
            if let path { #expect(moved.contains(Array(path.prefix { $0 != UInt8(ascii: "/") })), "\(step)") }
        }
    }

    @Test func nothingOfTheHostIsBoundAfterThePivotAndNothingIsExecutedBeforeTheConfinement() throws {
        let pivot = try position { $0 == .pivot }
        for (index, step) in plan.child.enumerated() {
            if case .bindHost = step { #expect(index < pivot) }
            if case .mount = step { #expect(index < pivot) }
            if case .mask = step { #expect(index < pivot) }
            if case .mountParts = step { #expect(index < pivot) }
        }
        let filter = try position { if case .loadFilter = $0 { true } else { false } }
        let capabilities = try position { if case .limitCapabilities = $0 { true } else { false } }
        #expect(pivot < filter && filter < capabilities && capabilities < plan.child.count - 1)
        guard case .execute = plan.child.last else { Issue.record("the last step executes"); return }
    }

    @Test func onlyHarmlessDevicesAreBound() {
        let bound = plan.child.compactMap { if case .bindHost(let source, _) = $0 { String(decoding: source, as: UTF8.self) } else { nil } }
        #expect(bound == ["/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty"])
    }

    @Test func ofSysThereIsTheWholeOnlyForContainersInside() {
        var whole = ingredients
        whole.partsOfSys = nil
        let isSys: (Step) -> Bool = { if case .mount(let type, _, _, _) = $0 { type == utf8("sysfs") } else { false } }
        #expect(!plan.child.contains(where: isSys) && GuestPlan.plan(AcceptanceTests.specification(), whole).child.contains(where: isSys))
    }

    @Test func everyMountIsWithoutSetuidPrograms() {
        for case .mount(let type, _, let attributes, _) in plan.child { #expect(attributes & 2 == 2, "\(String(decoding: type, as: UTF8.self))") }
    }
}
