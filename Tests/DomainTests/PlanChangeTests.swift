import Domain
import Testing

struct PlanChangeTests {
    private static let small = PlanTerms(cpuMillicores: 500, memoryBytes: 256, swapBytes: 64, diskBytes: 1000, processes: 512, nesting: false)

    private static func with(_ change: (inout PlanTerms) -> Void) -> PlanTerms {
        var terms = small
        change(&terms)
        return terms
    }

    @Test(arguments: [
        ("the same", small, true, true), ("more CPU", with { $0.cpuMillicores = 1000 }, true, true), ("less CPU", with { $0.cpuMillicores = 100 }, true, true), ("more memory", with { $0.memoryBytes = 512 }, true, true),
        ("less memory", with { $0.memoryBytes = 128 }, false, true), ("less swap", with { $0.swapBytes = 0 }, false, true), ("fewer processes", with { $0.processes = 8 }, false, true), ("nesting", with { $0.nesting = true }, false, true),
        ("more disk", with { $0.diskBytes = 2000 }, false, false), ("less disk", with { $0.diskBytes = 500 }, false, false),
    ] as [(String, PlanTerms, Bool, Bool)])
    func aVPSIsChangedToAnotherPlan(label: String, other: PlanTerms, whileItRuns: Bool, whileItIsStopped: Bool) {
        #expect((Self.small.obstacle(to: other, isStopped: false) == nil) == whileItRuns, "\(label)")
        #expect((Self.small.obstacle(to: other, isStopped: true) == nil) == whileItIsStopped, "\(label)")
    }

    @Test func onlyWhatGrowsIsAskedOfAQuota() {
        #expect(Self.small.growth(to: Self.with { ($0.cpuMillicores, $0.memoryBytes) = (700, 100) }) == Quantities(cpuMillicores: 200))
        #expect(Self.small.growth(to: Self.small) == Quantities())
    }
}
