import NodeModel
import Testing
@testable import Cgroups

@Suite struct AController {
    @Test func writesEachLimitInBothDialects() throws {
        let limits = try limits(cpu: 500, weight: 200, memory: 256 << 20, swap: 64 << 20, processes: 512)
        let rows: [(Controller, Dialect, SwapLimit, [ControlWrite])] = [
            (.cpu, .v1, .binding, [.init("cpu.cfs_quota_us", 50_000), .init("cpu.shares", 2048)]),
            (.cpu, .v2, .binding, [.init("cpu.max", "50000 100000"), .init("cpu.weight", 200)]),
            (.memory, .v1, .binding, [.init("memory.kmem.tcp.limit_in_bytes", 33_554_432, ifPresent: true), .init("memory.limit_in_bytes", 268_435_456), .init("memory.memsw.limit_in_bytes", 335_544_320)]),
            (.memory, .v1, .unaccounted, [.init("memory.kmem.tcp.limit_in_bytes", 33_554_432, ifPresent: true), .init("memory.limit_in_bytes", 268_435_456)]),
            (.memory, .v2, .binding, [.init("memory.high", 266_338_304), .init("memory.max", 268_435_456), .init("memory.swap.max", 67_108_864)]),
            (.memory, .v2, .unaccounted, [.init("memory.high", 266_338_304), .init("memory.max", 268_435_456)]),
            (.pids, .v1, .binding, [.init("pids.max", 512)]),
            (.pids, .v2, .binding, [.init("pids.max", 512)]),
        ]
        for (controller, dialect, swap, expected) in rows {
            #expect(CgroupTree.writes(controller, limits, dialect, swap: swap) == expected, "\(controller) \(dialect)")
        }
    }

    @Test func keepsMemoryInPlaceWhereSwapIsNotAccounted() throws {
        #expect(CgroupTree.writes(.memory, try limits(swap: 0), .v1, swap: .unaccounted).contains(ControlWrite("memory.swappiness", 0, ifPresent: true)))
    }

    @Test(arguments: [
        ("cpuMillicores", VPSSpecification.Limits(cpuMillicores: 9, cpuWeight: 100, memoryBytes: 1 << 28, swapBytes: 0, processes: 10)),
        ("cpuMillicores", .init(cpuMillicores: -1, cpuWeight: 100, memoryBytes: 1 << 28, swapBytes: 0, processes: 10)),
        ("cpuWeight", .init(cpuMillicores: 100, cpuWeight: 0, memoryBytes: 1 << 28, swapBytes: 0, processes: 10)),
        ("cpuWeight", .init(cpuMillicores: 100, cpuWeight: 10_001, memoryBytes: 1 << 28, swapBytes: 0, processes: 10)),
        ("memoryBytes", .init(cpuMillicores: 100, cpuWeight: 100, memoryBytes: 0, swapBytes: 0, processes: 10)),
        ("memoryBytes", .init(cpuMillicores: 100, cpuWeight: 100, memoryBytes: .max, swapBytes: 0, processes: 10)),
        ("swapBytes", .init(cpuMillicores: 100, cpuWeight: 100, memoryBytes: 1 << 28, swapBytes: -1, processes: 10)),
        ("processes", .init(cpuMillicores: 100, cpuWeight: 100, memoryBytes: 1 << 28, swapBytes: 0, processes: 0)),
    ]) func takesNoAbsurdLimit(name: String, limits: VPSSpecification.Limits) {
        do {
            _ = try CgroupLimits(limits)
            Issue.record("accepted")
        } catch {
            guard case .invalidLimit(let found, _, _) = error, found == name else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func guardsDevicesByTheSameRulesInBothDialects() {
        let rules = [DeviceRule(name: "null", major: 1, minor: 3), DeviceRule(name: "pts", major: 136, minor: nil)]
        #expect(DevicesController.writes(rules) == [.init("devices.deny", "a"), .init("devices.allow", "c 1:3 rw"), .init("devices.allow", "c 136:* rw")])
        let program = DeviceProgram.assemble(rules)
        let instructions = stride(from: 0, to: program.count, by: 8).map { Array(program[$0..<($0 + 8)]) }
        #expect(instructions.count == 6 + 2 + 4 + 3 + 2)
        #expect(instructions[6] == [0x55, 2, 8, 0, 2, 0, 0, 0], "no character device: past both rules")
        #expect(instructions[8] == [0x55, 4, 3, 0, 1, 0, 0, 0], "another major than 1: past the rule")
        #expect(instructions[9] == [0x55, 5, 2, 0, 3, 0, 0, 0], "another minor than 3: past the rule")
        #expect(instructions[12] == [0x55, 4, 2, 0, 136, 0, 0, 0], "another major than 136: past the rule")
        #expect(instructions.suffix(2) == [[0xB7, 0, 0, 0, 0, 0, 0, 0], [0x95, 0, 0, 0, 0, 0, 0, 0]], "whatever is left: refused")
    }

    @Test(arguments: [(Int64(1), Int64(10)), (100, 1024), (10_000, 102_400)]) func translatesWeightToShares(weight: Int64, shares: Int64) {
        #expect(CPUController.shares(weight) == shares)
    }
}
