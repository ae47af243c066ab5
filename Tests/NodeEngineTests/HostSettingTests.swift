import Foundation
import Kernel
import Testing

@testable import NodeEngine

/// One after another: some of the settings are the whole machine's.
@Suite(.serialized) struct HostSettingTests {
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

extension HostSettingTests {
    // The table of tracked connections belongs to the first network namespace: in any other nobody may change its size.
    @Test func aNodeThatMayNotEnlargeTheSharedTablesGoesOnWithoutAndNothingIsLeftAtTheEnd() throws {
        let (folder, record) = try Self.records()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let namespace = try NetworkNamespace.make()
        let outcome = try namespace.run { () -> Result<[Int64?], any Error> in
            Result {
                let watched = ["/proc/sys/net/ipv4/ip_forward", "/proc/sys/net/netfilter/nf_conntrack_max", "/proc/sys/kernel/pty/max"]
                let before = watched.map(HostSettings.value)
                try HostSettings.apply(record: record, except: "none")
                try #require(HostSettings.value(watched[0]) == 1 && HostSettings.value(watched[1]) == before[1])
                try HostSettings.restore(record: record)
                try #require(watched.map(HostSettings.value) == before)
                return before
            }
        }
        _ = try outcome.get()
        #expect(!HostFile.exists(folder))
    }

    @Test func theLastNodeOfAHostPutsBackWhatTheFirstFound() throws {
        let (folder, first) = try Self.records(), second = "\(folder)/second"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let namespace = try NetworkNamespace.make()
        let seen = try namespace.run { () -> Result<[Int64?], any Error> in
            Result {
                let forwarding = "/proc/sys/net/ipv4/ip_forward"
                try HostFile.write("0", to: forwarding)  // a new namespace has what the host has
                var seen = [HostSettings.value(forwarding)]
                for record in [first, second] { try HostSettings.apply(record: record, except: "none") }
                for record in [first, second] {
                    try HostSettings.restore(record: record)
                    seen.append(HostSettings.value(forwarding))
                }
                return seen
            }
        }.get()
        #expect(seen == [0, 1, 0])
        #expect(!HostFile.exists(folder))
    }

    private static func records() throws -> (folder: String, record: String) {
        let folder = "/tmp/roost-test-settings-\(UUID().uuidString)"
        return (folder, "\(folder)/first")
    }
}
