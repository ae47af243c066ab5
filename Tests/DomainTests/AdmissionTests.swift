internal import Domain
internal import Testing

struct AdmissionTests {
    private let ceilings = Ceilings(Quantities(vps: 7, cpuMillicores: 4000, memoryBytes: 1 << 30, diskBytes: 10 << 30, addresses: 7))

    @Test("What fits exactly is admitted; one byte more is not")
    func boundary() {
        let usage = Quantities(vps: 6, cpuMillicores: 3500, memoryBytes: (1 << 30) - 256, diskBytes: 9 << 30, addresses: 6)
        var request = Quantities(vps: 1, cpuMillicores: 500, memoryBytes: 256, diskBytes: 1 << 30, addresses: 1)
        #expect(admit(request, usage: usage, ceilings: ceilings) == .admitted)
        request.memoryBytes += 1
        #expect(admit(request, usage: usage, ceilings: ceilings) == .denied([Exceeded(.memoryBytes, limit: 1 << 30, used: (1 << 30) - 256, requested: 257)]))
    }

    @Test("A denial lists every dimension that is exceeded, in order")
    func everyDimension() {
        let request = Quantities(vps: 8, cpuMillicores: 4001, memoryBytes: 2 << 30, diskBytes: 11 << 30, addresses: 8)
        guard case .denied(let exceeded) = admit(request, usage: Quantities(), ceilings: ceilings) else { return #expect(Bool(false), "it was admitted") }
        #expect(exceeded.map(\.dimension) == Dimension.allCases)
        #expect(exceeded.allSatisfy { $0.requested == request[$0.dimension] && $0.limit == ceilings[$0.dimension] && $0.used == 0 })
    }

    @Test("A dimension that is not set is refused, not unlimited", arguments: Dimension.allCases)
    func unset(dimension: Dimension) {
        var missing = ceilings
        missing[dimension] = nil
        let request = Quantities(vps: 1, cpuMillicores: 1, memoryBytes: 1, diskBytes: 1, addresses: 1)
        #expect(admit(request, usage: Quantities(), ceilings: missing) == .denied([Exceeded(dimension, limit: 0, used: 0, requested: 1)]))
    }

    @Test("Absurd sizes are denied without overflow", arguments: [Int64.max, Int64.max - 1, Int64.min, -1])
    func absurd(amount: Int64) {
        let usage = Quantities(vps: 1, cpuMillicores: 1, memoryBytes: Int64.max, diskBytes: 5, addresses: 1)
        let request = Quantities(vps: amount, cpuMillicores: amount, memoryBytes: amount, diskBytes: amount, addresses: amount)
        guard case .denied(let exceeded) = admit(request, usage: usage, ceilings: ceilings) else { return #expect(Bool(false), "it was admitted") }
        #expect(exceeded.count == Dimension.allCases.count)
    }

    @Test("A ceiling lowered below what is used stops only what asks for more of it")
    func lowered() {
        let usage = Quantities(vps: 3, cpuMillicores: 100, memoryBytes: 2 << 30, diskBytes: 0, addresses: 0)
        #expect(admit(Quantities(vps: 1), usage: usage, ceilings: ceilings) == .admitted)
    }

    @Test("Whatever is asked in whatever order, what was admitted never exceeds the ceilings", arguments: UInt64(1)...50)
    func property(seed: UInt64) {
        var random = SplitMix(state: seed)
        var usage = Quantities()
        var admitted: [Quantities] = []
        for _ in 0..<300 {
            if Int.random(in: 0..<4, using: &random) == 0, let index = admitted.indices.randomElement(using: &random) {
                let freed = admitted.remove(at: index)
                for dimension in Dimension.allCases { usage[dimension] -= freed[dimension] }
            }
            let request = Dimension.allCases.reduce(into: Quantities()) { quantities, dimension in
                let ceiling = ceilings[dimension] ?? 0
                let absurd = Int.random(in: 0..<20, using: &random) == 0
                quantities[dimension] = Int64.random(in: absurd ? Int64.min...Int64.max : 0...max(1, ceiling / 5), using: &random)
            }
            if admit(request, usage: usage, ceilings: ceilings) == .admitted {
                admitted.append(request)
                for dimension in Dimension.allCases { usage[dimension] += request[dimension] }
            }
            for dimension in Dimension.allCases { #expect((0...(ceilings[dimension] ?? 0)).contains(usage[dimension])) }
        }
        #expect(!admitted.isEmpty, "a sequence that is never admitted shows nothing")
    }

    @Test("What may be sold of a node is capacity times ratio, without overflow")
    func overcommit() {
        let capacity = Quantities(cpuMillicores: 2000, memoryBytes: Int64.max, diskBytes: 1001)
        let result = sellable(capacity, OvercommitRatios(cpu: 8, memory: 1, disk: 0.5))
        #expect((result.cpuMillicores, result.memoryBytes, result.diskBytes) == (16_000, Int64.max, 500))
        #expect(sellable(capacity, OvercommitRatios(cpu: 1, memory: 1000, disk: 1)).memoryBytes == Int64.max)
    }

    @Test("A plan's sizes outside of what can be made are all named")
    func planProblems() {
        #expect(PlanTerms(cpuMillicores: 500, memoryBytes: 256 << 20, swapBytes: 0, diskBytes: 2 << 30, processes: 512, nesting: false).problems == [])
        #expect(PlanTerms(cpuMillicores: 0, memoryBytes: -1, swapBytes: -1, diskBytes: Int64.max, processes: 0, nesting: false).problems.count == 5)
    }
}

/// A generator that a seed repeats.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
