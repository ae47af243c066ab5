import Foundation
import Kernel
import Testing

@testable import NodeEngine

@Suite struct HostSettingTests {
    @Test(arguments: [
        ("a switch that is off", HostSetting.Rule.from(0, to: 1), 0, 1 as Int64?), ("a switch that is on", .from(0, to: 1), 1, nil), ("somebody's own choice", .from(1, to: 2), 0, nil),
        ("a small table", .atLeast(1024), 512, 1024), ("one that is as large", .atLeast(1024), 1024, nil), ("a larger one", .atLeast(1024), 4096, nil),
    ])
    func aSettingIsChangedOnlyWhereItMustBe(label: String, rule: HostSetting.Rule, found: Int64, written: Int64?) {
        #expect(HostSetting("kernel/x", rule).change(of: found) == written, "\(label)")
    }

    @Test func whatIsWrittenIsWellAsItIs() throws {
        for setting in HostSetting.forwarding + HostSetting.tables + [.routerAdvertisements("eth0")] {
            for found: Int64 in [0, 1, 1024, 1 << 40] {
                if let written = setting.change(of: found) { #expect(setting.change(of: written) == nil, "\(setting.path)") }
            }
        }
    }

    @Test func growingANeighbourTableNeverPassesThroughAnOrderThatTheKernelRefuses() {
        let names = HostSetting.tables.map(\.path).filter { $0.contains("gc_thresh") }
        #expect(names == ["ipv4", "ipv6"].flatMap { family in (1...3).reversed().map { "/proc/sys/net/\(family)/neigh/default/gc_thresh\($0)" } })
    }
}
