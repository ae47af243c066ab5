import CCapability
import Foundation
import Testing
@testable import Confinement

@Suite struct ACapabilitySet {
    @Test func refusesANameThatLibcapDoesNotKnow() {
        #expect(throws: ConfinementError.unknownCapability("cap_wizard")) { try CapabilitySet(["cap_chown", "cap_wizard"]) }
    }

    @Test func isTheKernelsMask() throws {
        #expect(try CapabilitySet(["cap_chown", "cap_kill", "cap_sys_admin"]).mask == 1 << 0 | 1 << 5 | 1 << 21)
    }

    @Test func namesWhatIsDropped() throws {
        let set = CapabilitySet(mask: 0b1011)
        #expect(set.dropped(upTo: 5) == [2, 4, 5])
    }

    /// A capability that a later libcap knows must be judged before it is shipped.
    @Test func ofAGuestJudgesEveryCapabilityOnce() {
        let judged = (CapabilitySet.kept + CapabilitySet.refused).map(\.name)
        let known = (0..<cap_max_bits()).compactMap { number in
            guard let name = unsafe cap_to_name(number) else { return nil as String? }
            defer { unsafe cap_free(name) }
            return unsafe String(cString: name)
        }
        #expect(Set(judged) == Set(known))
        #expect(judged.count == Set(judged).count)
    }

    @Test(arguments: [false, true]) func ofAGuestHasNothingOfTheHosts(nesting: Bool) throws {
        let guest = try CapabilitySet.guest(nesting: nesting)
        let last = try CapabilitySet.lastOfKernel()
        for number in [16, 17, 25, 34, 38, 39, 40] as [Int32] {  // module, rawio, time, syslog, perfmon, bpf, checkpoint_restore
            #expect(!guest.contains(number))
            #expect(guest.dropped(upTo: last).contains(number))
        }
        #expect(guest.contains(21))
        #expect(guest.dropped(upTo: last).count + guest.mask.nonzeroBitCount == Int(last) + 1)
    }
}

@Suite struct TheMaskedPaths {
    @Test(arguments: [false, true]) func neverNameProcSys(nesting: Bool) {
        let all = MaskedPaths.hidden(nesting: nesting) + MaskedPaths.readOnly(nesting: nesting)
        #expect(all.allSatisfy { !$0.hasPrefix("/proc/sys/") && $0 != "/proc/sys" && $0 != "/sys/fs/cgroup" })
        #expect(all.allSatisfy { $0.hasPrefix("/proc/") || $0.hasPrefix("/sys/") })
        #expect(Set(all).count == all.count)
    }

    @Test func leaveProcWholeForContainersInside() {
        #expect(!(MaskedPaths.hidden(nesting: true) + MaskedPaths.readOnly(nesting: true)).contains { $0.hasPrefix("/proc/") })
    }
}
