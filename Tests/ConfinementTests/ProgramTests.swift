import CFilterProbe
import Foundation
import Testing
import Confinement

private let isRoot = getuid() == 0

@Suite(.enabled(if: isRoot, "needs CAP_SYS_ADMIN")) struct UnderTheFilter {
    @Test func threadsMeetWithPriorityInheritingMutexes() throws {
        let filter = try SyscallFilter.standard(nesting: false)
        #expect(unsafe probe_threads(filter, filter.count) == 0)
    }

    @Test(arguments: [
        ("a=$(ls / | wc -l); [ $a -gt 5 ] && sleep 0.01 & wait", 0),
        ("unshare --mount --uts --ipc true", 0),
        ("unshare --user true 2>/dev/null", 1),
        ("dmesg --syslog >/dev/null 2>&1", 1),
    ] as [(String, Int32)]) func aShellCommandFares(command: String, status: Int32) throws {
        let filter = try SyscallFilter.standard(nesting: false)
        #expect(unsafe probe_shell(filter, filter.count, command) == status)
    }
}
